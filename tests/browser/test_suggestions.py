"""Suggestions while typing: right for the keyboard, for a screen reader and for a finger, and never in the way."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.kinds import path
from tests.browser.waiting import wait_until

PHONE = {"width": 390, "height": 844}


def field(page):
    return page.get_by_role("combobox")


def options(page):
    return page.get_by_role("listbox").get_by_role("option")


def kind(page, text):
    """Write into the field of the page, faster than it asks, and wait for suggestions."""
    field(page).focus()
    page.keyboard.insert_text(text)
    expect(options(page).first).to_be_visible()


def active(page):
    """The text of the option that the field points to."""
    option = field(page).get_attribute("aria-activedescendant")
    return option and page.locator(f"#{option} .search__option-title").inner_text()


@pytest.mark.parametrize("name", ["pages:home", "search:results"])
def test_suggestions_show_from_two_letters_on_and_are_counted_aloud(page, name):
    page.goto(path(name))
    expect(field(page)).to_have_attribute("aria-expanded", "false")

    field(page).press_sequentially("p")
    page.wait_for_timeout(400)
    assert options(page).count() == 0

    kind(page, "alermo")
    expect(options(page).first).to_contain_text("Palermo")
    expect(field(page)).to_have_attribute("aria-expanded", "true")
    expect(page.locator(".search__news")).to_have_text(re.compile(r"^\d suggestions?$"))


def test_all_of_a_chosen_suggestion_can_be_read(page):
    page.goto(path("pages:home"))
    kind(page, "munich")
    expect(options(page).first.locator(".row__alt")).to_have_text("München")

    page.keyboard.press("ArrowDown")

    colour = options(page).first.evaluate("option => getComputedStyle(option).color")
    expect(options(page).first.locator(".row__alt")).to_have_css("color", colour)


def test_the_arrows_go_through_the_suggestions_and_enter_opens_one(page):
    page.goto(path("pages:home"))
    kind(page, "palermo")

    page.keyboard.press("ArrowDown")
    assert active(page).startswith("Palermo")
    expect(options(page).first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowUp")
    assert active(page) is None
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    page.wait_for_url("**/cities/palermo/")


def test_what_was_typed_stays_and_enter_without_a_choice_searches_for_it(page):
    page.goto(path("pages:home"))
    kind(page, "palermo")
    page.keyboard.press("ArrowDown")
    page.keyboard.type(" ")
    assert active(page) is None

    page.keyboard.press("Enter")

    page.wait_for_url("**/search/?q=palermo*")


def test_escape_closes_the_list_first_and_empties_the_field_then(page):
    page.goto(path("search:results"))
    kind(page, "palermo")

    page.keyboard.press("Escape")
    expect(page.locator(".search__list")).to_be_hidden()
    assert field(page).input_value() == "palermo"

    page.keyboard.press("ArrowDown")
    assert active(page).startswith("Palermo")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    assert field(page).input_value() == ""


def test_who_goes_on_leaves_the_list_behind(page):
    page.goto(path("search:results"))
    kind(page, "palermo")

    page.keyboard.press("Tab")

    expect(page.locator(".search__list")).to_be_hidden()
    expect(page.get_by_role("button", name="Search")).to_be_focused()


def test_an_answer_that_comes_late_is_no_answer(page):
    page.goto(path("search:results"))
    held = []
    page.route("**/suggestions/?q=pal", lambda route: held.append(route))
    field(page).focus()
    page.keyboard.insert_text("pal")
    wait_until(page, lambda: held)

    kind(page, "ermo")
    held[0].abort()
    page.wait_for_timeout(200)

    expect(options(page).first).to_contain_text("Palermo")


def test_an_answer_that_comes_late_takes_no_choice_away(page):
    page.goto(path("search:results"))
    held = []
    page.route("**/suggestions/?q=palermo", lambda route: held.append(route))
    kind(page, "pal")
    page.keyboard.insert_text("ermo")
    wait_until(page, lambda: held)

    page.keyboard.press("ArrowDown")
    chosen = active(page)
    assert chosen
    held[0].continue_()
    page.wait_for_timeout(300)

    assert active(page) == chosen


def test_the_search_works_where_suggestions_do_not(browser, site, db):
    page = browser.new_page(base_url=site)
    page.route("**/suggestions/**", lambda route: route.abort())
    page.goto(path("search:results"))
    field(page).press_sequentially("palermo")
    page.wait_for_timeout(400)
    page.keyboard.press("Enter")

    page.wait_for_url("**/search/?q=palermo")
    page.close()


@pytest.mark.parametrize("name", ["pages:home", "search:results"])
def test_the_open_list_hinders_nobody(new_page, axe, name):
    # Without the security policy: axe-core sets inline styles to measure contrast.
    page = new_page(bypass_csp=True, reduced_motion="reduce")
    page.goto(path(name))
    kind(page, "pal")
    page.keyboard.press("ArrowDown")

    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert not axe(page, within=".search")


def test_on_a_phone_the_list_fits_and_a_suggestion_is_made_for_fingers(new_page):
    page = new_page(viewport=PHONE, has_touch=True)
    page.goto(path("pages:home"))
    kind(page, "pal")

    for option in options(page).all():
        assert option.bounding_box()["height"] >= 44
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    options(page).first.tap()

    page.wait_for_url("**/palermo/")


def test_the_chosen_suggestion_can_be_told_in_forced_colours(new_page):
    page = new_page(forced_colors="active")
    page.goto(path("pages:home"))
    kind(page, "pal")
    page.keyboard.press("ArrowDown")

    grounds = [
        option.evaluate("option => getComputedStyle(option).backgroundColor")
        for option in options(page).all()
    ]
    assert grounds[0] not in grounds[1:]


def test_without_javascript_the_field_is_a_plain_one(new_page):
    page = new_page(java_script_enabled=False)
    page.goto(path("pages:home"))

    assert page.get_by_role("combobox").count() == page.get_by_role("listbox").count() == 0
    page.locator("#hero-search").fill("palermo")
    page.locator(".search__button").click()

    page.wait_for_url("**/search/?q=palermo")


# Filters over results


def test_filters_refine_the_results_in_place_and_a_new_search_keeps_them(page):
    page.goto(f"{path('search:results')}?q=council")
    page.evaluate("document.documentElement.dataset.kept = 'yes'")

    page.locator("#filter").get_by_label("Local approaches").check()
    page.wait_for_url("**/search/?q=council&kind=approaches")
    expect(page.locator(".chip").first).to_contain_text("Local approaches")
    kinds = page.locator("#results .result__kind").all_inner_texts()
    assert set(kinds) == {"Local approach"}

    field(page).fill("housing")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=housing&kind=approaches")
    expect(page.locator("#results-title")).to_contain_text("“housing”")
    expect(page).to_have_title(re.compile("“housing”"))
    assert page.evaluate("document.documentElement.dataset.kept") == "yes"

    page.go_back()
    expect(page.locator("#results-title")).to_contain_text("“council”")
    expect(field(page)).to_have_value("council")
    page.locator(".chips").get_by_role("link", name="Clear all").click()
    page.wait_for_url("**/search/?q=council")
    expect(page.locator(".chip")).to_have_count(0)


def test_words_that_exist_lead_on_from_a_typing_error(page):
    page.goto(f"{path('search:results')}?q=Palermmo")

    expect(page.locator("#results-title")).to_have_text("Nothing found for “Palermmo”.")
    expect(page.locator("#results .row__title").first).to_contain_text("Palermo")
    page.locator(".empty__ways a").first.click()

    page.wait_for_url("**/search/?q=Palermo")
