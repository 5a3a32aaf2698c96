"""Filters give the same with and without JavaScript, and links keep what was chosen."""

import pytest

from tests.browser.kinds import path


def names(page):
    return page.locator(".row__title a:first-child").all_inner_texts()


@pytest.mark.parametrize("java_script_enabled", [True, False])
def test_filters_work_with_and_without_javascript(new_page, java_script_enabled):
    page = new_page(java_script_enabled=java_script_enabled)
    page.goto(path("approaches:list"))

    page.get_by_label("Political participation").first.check()
    page.get_by_role("button", name="Apply filters").click()
    page.get_by_label("Germany").first.check()
    page.get_by_role("button", name="Apply filters").click()

    assert "area=political-participation" in page.url
    assert "country=DE" in page.url
    assert names(page) == ["An elected migrants’ advisory council"]
    chips = page.locator(".chip:not(.chip--all)").all_inner_texts()
    assert [" ".join(chip.split()) for chip in chips] == [
        "Remove filter: Political participation",
        "Remove filter: Germany",
    ]


def test_each_filter_can_be_removed(page):
    page.goto(path("cities:list") + "?country=PL&network=eurocities&sort=population")
    both = names(page)

    page.locator(".chip", has_text="Eurocities").click()

    assert "country=PL" in page.url
    assert "sort=population" in page.url
    assert "network" not in page.url
    assert len(names(page)) > len(both)


def test_the_language_switch_keeps_filters_and_page(page):
    page.goto(path("cities:list") + "?country=DE&page=2")
    before = page.locator(".row__title a").evaluate_all("links => links.length")

    page.locator(".language-switch summary").click()
    page.locator(".language-switch a[hreflang=pl]").click()
    page.wait_for_url("**/pl/**")

    assert page.url.endswith("?country=DE&page=2")
    assert page.locator("html").get_attribute("lang") == "pl"
    assert page.locator(".row__title a").count() == before
    assert page.locator(".pagination [aria-current=page]").inner_text() == "2"


def test_the_chosen_language_is_remembered(new_page):
    page = new_page(locale="pl-PL")
    page.goto("/")
    assert page.locator("html").get_attribute("lang") == "pl"

    page.locator(".language-switch summary").click()
    page.locator(".language-switch a[hreflang=el]").click()
    page.wait_for_url("**/el/**")
    page.goto("/")

    assert page.locator("html").get_attribute("lang") == "el"


def test_a_filter_on_a_phone_opens_behind_one_button(new_page):
    page = new_page(viewport={"width": 390, "height": 844})
    page.goto(path("approaches:list"))
    assert not page.get_by_role("button", name="Apply filters").is_visible()

    page.locator(".filter__summary").click()
    page.get_by_label("Led jointly").check()
    page.get_by_role("button", name="Apply filters").click()

    assert "lead=joint" in page.url
    assert "1" in page.locator(".filter__summary").inner_text()
