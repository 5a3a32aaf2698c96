"""Whoever enlarges text loses nothing: letters of twice the size even on a small phone, of four times the size on a desk.

A whole page enlarged to 400 % in a window of 1280 pixels has 320 of them; test_layout.py looks at that width.
"""

import pytest

from tests.browser import chromium
from tests.browser.kinds import KINDS, address
from tests.browser.test_layout import problems

USUAL = 16
WIDTHS = {2: [1280, 768, 390, 320], 4: [1280]}


@pytest.fixture(scope="module", params=WIDTHS, ids=["twice", "four times"])
def times(request):
    """How many times the usual size letters have."""
    return request.param


@pytest.fixture(scope="module")
def browser(browser, times):
    """The browser of somebody who has asked for such letters."""
    size = f"--blink-settings=defaultFontSize={times * USUAL}"
    large = browser.browser_type.launch(executable_path=chromium.find(), args=[*chromium.ARGUMENTS, size])
    yield large
    large.close()


@pytest.mark.parametrize("language", ["de", "el", "pl"])
def test_large_text_fits_the_window(page, times, language):
    page.goto(address("about", language))
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == f"{times * USUAL}px"

    assert not problems(page, [(kind, address(kind, language)) for kind in KINDS], WIDTHS[times])
