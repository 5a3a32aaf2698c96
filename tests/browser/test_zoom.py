"""Whoever enlarges text loses nothing: letters of twice the size even on a small phone, a page at 400 % on a desk.

A page at 400 % in a window of 1280 pixels has 320 of them; test_layout.py looks at that width.
"""

import pytest

from tests.browser import chromium
from tests.browser.kinds import KINDS, address

WIDTHS = [320, 390, 768, 1280]
# The outermost elements that reach beyond the window.
WIDER = """() => [...document.querySelectorAll('body *')].filter(element => {
  const box = element.getBoundingClientRect();
  return box.width > 1 && box.right > innerWidth + 1 && !element.closest('.map__stage, .card__picture, .locator, .visually-hidden');
}).filter((element, _place, all) => !all.includes(element.parentElement)).map(element => element.outerHTML.slice(0, 90))"""


@pytest.fixture(scope="module")
def browser(browser):
    """A browser whose owner has asked for letters of twice the usual size."""
    large = browser.browser_type.launch(
        executable_path=chromium.find(), args=[*chromium.ARGUMENTS, "--blink-settings=defaultFontSize=32"]
    )
    yield large
    large.close()


@pytest.mark.parametrize("language", ["de", "el", "pl"])
@pytest.mark.parametrize("width", WIDTHS)
def test_text_of_twice_the_size_fits_the_window(new_page, width, language):
    page = new_page(viewport={"width": width, "height": 800})
    too_wide = {}
    for kind in KINDS:
        page.goto(address(kind, language), wait_until="load")
        assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"
        if page.evaluate("document.documentElement.scrollWidth") > width:
            too_wide[kind] = page.evaluate(WIDER)

    assert not too_wide
