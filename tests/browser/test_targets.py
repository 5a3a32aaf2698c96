"""What one taps is large enough: main actions 44 px, whatever else stands on its own 24 px."""

import pytest

from tests.browser.kinds import address, path

PHONE = {"width": 390, "height": 844}
MAIN = (
    ".button, .search__input, .search__button, .header__logo, .header__nav a, .header__search, .language-switch summary, "
    ".filter__summary, .pagination a, .tile, .field input:not([type=checkbox]), .field select"
)
SMALLER = """([selector, least]) => [...document.querySelectorAll(selector)].filter(element => {
  const box = element.getBoundingClientRect();
  return element.checkVisibility() && box.height > 1 && (box.height < least - 0.5 || box.width < least - 0.5);
}).map(element => `${element.outerHTML.slice(0, 80)} ${element.getBoundingClientRect().height}`)"""


@pytest.mark.parametrize("kind", ["start page", "cities", "featured city", "approach", "search", "event"])
def test_main_actions_are_44_pixels_high(new_page, kind):
    page = new_page(viewport=PHONE)
    page.goto(address(kind))

    assert page.evaluate(SMALLER, [MAIN, 44]) == []


def test_the_language_menu_is_made_for_fingers(new_page):
    page = new_page(viewport=PHONE)
    page.goto(path("pages:home"))
    page.locator(".language-switch summary").click()

    assert page.evaluate(SMALLER, [".language-switch__menu a", 44]) == []


@pytest.mark.parametrize("kind", ["start page", "cities", "featured city", "networks", "approaches"])
def test_lists_and_menus_have_targets_of_24_pixels(new_page, kind):
    page = new_page(viewport=PHONE)
    page.goto(address(kind))

    assert (
        page.evaluate(SMALLER, ["nav a, summary, .areas a, .row__title a, .links a, .chips a, .toc a", 24])
        == []
    )
