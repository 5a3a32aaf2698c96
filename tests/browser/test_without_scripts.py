"""Whoever has no scripts reads and does the same: no text is missing, no control is dead.

Filters, the map, sources and the menu of languages without scripts: test_filters.py, test_maps.py, test_reading.py,
test_menus.py.
"""

import pytest
from playwright.sync_api import expect

from tests.browser.kinds import KINDS, address, path

PHONE = {"width": 390, "height": 844}
# Texts that can be read, in the order of the page. The live map, the live graph, which names more nodes as soon as it
# has room, and the controls that scripts add say nothing that the pictures, the list and the form do not say.
TEXTS = """() => {
  const texts = [];
  const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.data.trim().replace(/\\s+/g, " ");
    const element = walker.currentNode.parentElement;
    if (!text || element.closest("script, style, template, .map__stage, .graph__frame, .tools, [data-live] > :not(ul), [role=status]")) continue;
    if (element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) texts.push(text);
  }
  return texts;
}"""
DEAD = """() => [...document.querySelectorAll("button, [role=button], [tabindex='0']:not([role=region], [role=group]), a:not([href]), dialog[open]")]
  .filter((control) => control.checkVisibility({ visibilityProperty: true }) && !(control.form && control.type === "submit"))
  .map((control) => control.outerHTML.slice(0, 100))"""


@pytest.fixture
def plain_page(new_page):
    return new_page(java_script_enabled=False)


@pytest.mark.parametrize("viewport", [{"width": 1280, "height": 800}, PHONE], ids=["desk", "phone"])
def test_every_kind_of_page_says_the_same_and_has_no_dead_control(new_page, viewport):
    page, plain = new_page(viewport=viewport), new_page(viewport=viewport, java_script_enabled=False)
    wrong = []
    for kind in KINDS:
        page.goto(address(kind))
        plain.goto(address(kind))
        said = set(plain.evaluate(TEXTS))
        wrong += [f"{kind}: missing: {text}" for text in page.evaluate(TEXTS) if text not in said]
        wrong += [f"{kind}: dead: {control}" for control in plain.evaluate(DEAD)]

    assert not wrong, "\n".join(wrong)


def test_from_the_search_to_a_city_and_the_source_of_a_statement(plain_page):
    plain_page.goto(path("pages:home"))
    plain_page.locator("#hero-search").fill("Gdansk")
    plain_page.locator(".hero .search__button").click()
    plain_page.wait_for_url("**q=Gdansk")
    plain_page.locator("main").get_by_role("link", name="Gdańsk", exact=True).first.click()
    plain_page.wait_for_url(path("cities:detail", slug="gdansk"))

    number = plain_page.locator("main .cite a").first
    source = number.get_attribute("href")
    number.click()

    plain_page.wait_for_url(f"**{source}")
    assert plain_page.locator(f"{source} .source__title").is_visible()


def test_a_place_on_the_map_is_a_link(plain_page):
    plain_page.goto(path("cities:list") + "?country=PL")

    plain_page.locator(".map__picture a", has_text="Gdańsk").click()

    plain_page.wait_for_url(path("cities:detail", slug="gdansk"))


def test_pages_of_a_list_keep_filter_and_order(plain_page):
    plain_page.goto(path("cities:list") + "?country=DE&sort=population")
    first = plain_page.locator(".row__title a").first.inner_text()

    plain_page.locator(".pagination a[rel=next]").click()

    plain_page.wait_for_url("**?country=DE&sort=population&page=2")
    assert plain_page.locator(".row__title a").first.inner_text() != first


def test_on_a_phone_a_filter_is_chosen_and_taken_back(new_page):
    page = new_page(viewport=PHONE, java_script_enabled=False)
    page.goto(path("approaches:list", "el"))
    everything = page.locator(".listing__count strong").inner_text()

    page.locator(".filter__summary").click()
    page.locator("[name=area]").first.check()
    page.locator(".filter .button--primary:visible").click()
    page.wait_for_url("**area=**")
    assert int(page.locator(".listing__count strong").inner_text()) < int(everything)

    page.locator(".chips a").first.click()
    expect(page.locator(".listing__count strong")).to_have_text(everything)
