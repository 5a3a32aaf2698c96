"""Reading a long page: its table of contents, and sources that open where they are cited and lead back."""

import pytest
from playwright.sync_api import expect

from tests.browser.kinds import address


@pytest.fixture
def featured(page):
    page.goto(address("featured city"))
    return page


def first_number(page):
    return page.locator("#figures ~ .figures [data-cite]").first


def test_a_source_opens_where_it_is_cited_and_closes_with_escape(featured):
    number, box = first_number(featured), featured.locator(".cited")
    title = featured.locator(f"{number.get_attribute('href')} .source__title").inner_text()
    number.focus()

    featured.keyboard.press("Enter")

    expect(box.locator(".source__title")).to_have_text(title, use_inner_text=True)
    expect(number).to_have_attribute("aria-expanded", "true")
    assert "#" not in featured.url
    featured.keyboard.press("Tab")
    assert featured.evaluate("document.activeElement.innerText") == title
    featured.keyboard.press("Escape")
    expect(box).to_be_hidden()
    expect(number).to_have_attribute("aria-expanded", "false")
    expect(number).to_be_focused()


def test_a_click_on_the_number_closes_its_source_again(featured):
    number, box = first_number(featured), featured.locator(".cited")

    number.click()
    expect(box).to_be_visible()
    number.click()
    expect(box).to_be_hidden()
    number.click()
    expect(box).to_be_visible()
    featured.locator("h1").click()
    expect(box).to_be_hidden()


def test_an_open_source_leads_to_the_list(featured):
    number, box = first_number(featured), featured.locator(".cited")
    number.click()

    box.locator(".cited__more").click()

    featured.wait_for_url(f"**{number.get_attribute('href')}")
    expect(box).to_be_hidden()


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_an_open_source_is_wholly_in_the_window(new_page, width):
    page = new_page(viewport={"width": width, "height": 700})
    page.goto(address("featured city", "pl"))
    for number in page.locator("[data-cite]").all():
        number.scroll_into_view_if_needed()
        number.click()
        page.locator(".cited").wait_for()
        box = page.locator(".cited").bounding_box()

        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        page.keyboard.press("Escape")
        expect(page.locator(".cited")).to_be_hidden()


@pytest.mark.parametrize("color_scheme", ["light", "dark"])
def test_an_open_source_hinders_nobody(new_page, color_scheme, axe):
    page = new_page(bypass_csp=True, color_scheme=color_scheme, reduced_motion="reduce")
    page.goto(address("featured city"))

    first_number(page).click()
    page.locator(".cited").wait_for()

    assert not axe(page)


def test_without_scripts_a_number_leads_to_the_list_and_the_list_back(new_page):
    page = new_page(java_script_enabled=False)
    page.goto(address("featured city"))
    number = first_number(page)
    place, source = number.get_attribute("id"), number.get_attribute("href")

    number.click()
    page.wait_for_url(f"**{source}")

    page.locator(f'{source} a[href="#{place}"]').click()
    page.wait_for_url(f"**#{place}")


def test_the_table_of_contents_marks_what_is_being_read(featured):
    current = featured.locator("[data-toc] [aria-current]")

    for section in ("strategy", "networks", "neighbours"):
        featured.evaluate(
            "name => document.getElementById(name).scrollIntoView({ behavior: 'instant' })", section
        )
        featured.wait_for_function(
            "name => document.querySelector('[data-toc] [aria-current]')?.hash === `#${name}`", arg=section
        )
    assert current.count() == 1


def test_the_table_of_contents_stays_in_view_on_a_wide_screen(featured):
    toc = featured.locator("[data-toc]")

    featured.evaluate("document.getElementById('networks').scrollIntoView({ behavior: 'instant' })")

    assert toc.locator("a").first.is_visible()
    assert 0 <= toc.bounding_box()["y"] < 100


def test_on_a_phone_the_table_of_contents_opens_and_closes_when_it_has_led_somewhere(new_page):
    page = new_page(viewport={"width": 390, "height": 844})
    page.goto(address("featured city"))
    link = page.locator('[data-toc] a[href="#networks"]')
    assert not link.is_visible()

    page.locator("[data-toc] summary").click()
    link.click()

    page.wait_for_url("**#networks")
    expect(link).to_be_hidden()


def test_without_scripts_the_table_of_contents_is_all_there(new_page):
    page = new_page(java_script_enabled=False)
    page.goto(address("approach"))
    page.locator('[data-toc] a[href="#outcome"]').click()

    page.wait_for_url("**#outcome")


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844)])
def test_the_start_page_begins_in_three_ways_in_the_first_screen(new_page, width, height):
    page = new_page(viewport={"width": width, "height": height})
    page.goto(address("start page"))

    for way in (".hero .search", ".hero__areas a >> nth=0", ".hero__map .map__stage"):
        assert page.locator(way).bounding_box()["y"] < height - 40, way


@pytest.mark.parametrize("width", [390, 1280])
def test_the_lines_of_memberships_have_their_years_named_on_every_screen(new_page, width):
    page = new_page(viewport={"width": width, "height": 800})

    page.goto("/en/cities/barcelona/")

    assert page.locator(".memberships .span").count()
    assert page.locator(".memberships__line").is_visible()
    assert page.get_by_role("columnheader", name="Role").is_visible() == (width > 390)
