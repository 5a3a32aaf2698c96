"""Nothing is wider than the window, in any language, from a small phone to a wide screen."""

import pytest

from tests.browser.kinds import KINDS, LANGUAGES, address


@pytest.mark.parametrize("width", [320, 390, 768, 1280, 1920])
def test_pages_fit_the_window(new_page, width):
    page = new_page(viewport={"width": width, "height": 800})
    too_wide = []
    for number, kind in enumerate(KINDS):
        language = LANGUAGES[number % len(LANGUAGES)]
        page.goto(address(kind, language), wait_until="domcontentloaded")
        needed = page.evaluate("document.documentElement.scrollWidth")
        if needed > width:
            too_wide.append(f"{kind} in {language}: {needed}")

    assert not too_wide


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_fit_a_small_phone_in_every_language(new_page, language):
    page = new_page(viewport={"width": 320, "height": 640})
    too_wide = []
    for kind in KINDS:
        page.goto(address(kind, language), wait_until="domcontentloaded")
        needed = page.evaluate("document.documentElement.scrollWidth")
        if needed > 320:
            too_wide.append(f"{kind}: {needed}")

    assert not too_wide
