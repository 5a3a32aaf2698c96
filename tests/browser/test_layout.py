"""On every kind of page, in every language and one that nobody speaks, from a small phone to a wide screen: nothing is
wider than the window, no text is cut off, no texts lie on each other."""

from pathlib import Path

import pytest

from tests.browser.kinds import KINDS, LANGUAGES, address, path
from tests.browser.pseudo import speak

LOOK = (Path(__file__).parent / "layout.js").read_text()
WIDTHS = [1920, 1280, 768, 390, 320]


def problems(page, pages, widths=WIDTHS):
    """What is wrong at any width, a line each with its page and width; pages are pairs of a name and an address."""
    found = []
    for name, page_address in pages:
        page.set_viewport_size({"width": widths[0], "height": 900})
        page.goto(page_address)
        for width in widths:
            page.set_viewport_size({"width": width, "height": 900})
            found += [f"{name}, {width} px: {problem}" for problem in page.evaluate(LOOK)]
    return "\n".join(found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_page_is_whole_at_every_width(page, language):
    assert not problems(page, [(kind, address(kind, language)) for kind in KINDS])


def test_every_kind_of_page_is_whole_in_a_long_language_from_right_to_left(page):
    speak(page)

    assert not problems(page, [(kind, address(kind)) for kind in KINDS])


def test_every_component_is_whole_in_every_language(page, log_in_staff):
    log_in_staff(page)

    assert not problems(page, [(language, path("pages:styleguide", language)) for language in LANGUAGES])


def test_every_component_is_whole_in_a_long_language_from_right_to_left(page, log_in_staff):
    log_in_staff(page)
    speak(page)

    assert not problems(page, [("style guide", path("pages:styleguide"))])
