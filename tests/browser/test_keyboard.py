"""Each kind of person reaches what they came for with nothing but a keyboard.

Each stop on these ways is marked and in view: tests/browser/keyboard.py. Translators: test_translating.py.
"""

import pytest
from django.contrib.auth.models import Group, User
from playwright.sync_api import expect

from cities.models import City
from tests.browser.keyboard import skip_to_content, stop, tab_to
from tests.browser.kinds import address, path
from tests.browser.maps import live_map, settled
from tests.browser.waiting import wait_for_form

PHONE = {"width": 390, "height": 844}
PASSWORD = "a long and invented password"


@pytest.fixture
def page(new_page):
    """What has the focus is in view at once, not after a gentle scroll."""
    return new_page(reduced_motion="reduce")


def enter(page, address):
    """Press Enter and wait for the page it leads to."""
    with page.expect_navigation(url=address):
        page.keyboard.press("Enter")


def to_field(page, name):
    """Go on to a field or a button of the admin's form."""
    for _stop in range(80):
        page.keyboard.press("Tab")
        if focused(page, "name") == name:
            return
    raise AssertionError(f"{name} is not among the next 80 stops.")


def focused(page, attribute):
    return page.evaluate("name => document.activeElement.getAttribute(name)", attribute)


def test_a_researcher_finds_a_city_checks_its_sources_and_takes_its_address_along(page):
    page.add_init_script(
        "navigator.clipboard.writeText = async (text) => { window.copied = text; }; "
        "window.print = () => { window.printed = true; };"
    )
    page.goto(path("pages:home"))
    skip_to_content(page)
    tab_to(page, "Search cities")
    page.keyboard.type("Gdańsk")
    enter(page, "**/search/?q=**")
    skip_to_content(page)
    tab_to(page, "Results", limit=3)
    page.keyboard.press("Enter")
    tab_to(page, "Gdańsk", limit=1)
    enter(page, "**/cities/gdansk/")

    # What the page says, where it comes from, and back to where it was read.
    skip_to_content(page)
    tab_to(page, "Copy the address")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Copied").wait_for()
    assert page.evaluate("window.copied") == page.url
    tab_to(page, "Print this page")
    page.keyboard.press("Enter")
    assert page.evaluate("window.printed")
    for _stop in range(60):
        stop(page)
        if focused(page, "data-cite") is not None:
            break
    place = focused(page, "id")
    page.keyboard.press("Enter")
    page.locator(".cited").wait_for()
    assert stop(page) == page.locator(".cited .source__title").inner_text()
    page.keyboard.press("Escape")
    expect(page.locator(f"#{place}")).to_be_focused()

    page.keyboard.press("Enter")
    page.locator(".cited").wait_for()
    tab_to(page, "To the list of sources", limit=4)
    page.keyboard.press("Enter")
    tab_to(page, "Back to where it is cited")
    page.keyboard.press("Enter")
    page.wait_for_function("place => location.hash === `#${place}`", arg=place)


def test_municipal_staff_find_what_a_city_like_theirs_does_and_whom_to_ask(page):
    page.goto(path("approaches:list"))
    skip_to_content(page)
    tab_to(page, "Political participation")
    page.keyboard.press("Space")
    page.wait_for_url("**area=political-participation**")
    tab_to(page, "From year")
    page.keyboard.type("2010")
    page.keyboard.press("Enter")
    page.wait_for_url("**from=2010**")

    title = page.locator(".row__title a").first.inner_text()
    tab_to(page, title, limit=140)
    enter(page, "**/approaches/*/")
    assert title in page.locator("h1").inner_text()

    skip_to_content(page)
    alike = page.locator("#alike ~ * a, section[aria-labelledby=alike] .card__title a").first.inner_text()
    tab_to(page, alike)
    enter(page, "**/approaches/*/")
    assert alike in page.locator("h1").inner_text()

    skip_to_content(page)
    tab_to(page, page.locator(".source__title").first.inner_text())
    assert focused(page, "href").startswith("http")


def test_a_visitor_on_a_phone_goes_from_the_large_map_to_a_city_and_its_country(new_page):
    page = new_page(viewport=PHONE, reduced_motion="reduce")
    figure = live_map(page, path("pages:home", "el"))

    figure.locator(".map__skip").focus()
    stop(page)
    stop(page)
    page.keyboard.press("ArrowUp")
    assert focused(page, "data-do") == "large"
    page.keyboard.press("Enter")
    page.locator(".map--large").wait_for()
    settled(page)
    assert figure.bounding_box()["height"] == PHONE["height"]

    figure.locator(".map__enter").focus()
    page.keyboard.press("Enter")
    expect(figure.locator(".map__live")).to_be_focused()
    for _stop in range(40):
        stop(page)
        if "map-point" in focused(page, "class").split():
            break
    name = focused(page, "aria-label")
    page.keyboard.press("Enter")
    expect(figure.locator(".map-card__name")).to_be_focused()
    city = focused(page, "href")
    enter(page, f"**{city}")
    assert page.locator("h1").inner_text() == name

    skip_to_content(page)
    stop(page)
    stop(page)
    country = focused(page, "href")
    enter(page, f"**{country}")
    assert page.locator(f"main a[href='{city}']").count() == 1


@pytest.fixture
def editor(db):
    user = User.objects.create_user("editor", password=PASSWORD, is_staff=True)
    user.groups.add(Group.objects.get(name="Editors"))
    yield user
    City.objects.filter(slug="city-1").delete()
    user.delete()


def test_an_editor_adds_a_city_in_two_languages_and_sees_it(page, editor):
    page.goto("/admin/cities/city/add/")
    page.locator("#id_username").focus()
    page.keyboard.type("editor")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.locator("#id_local_name").wait_for()
    wait_for_form(page)

    page.locator("#id_local_name").focus()
    page.keyboard.type("City 1")
    country = page.locator(".field-country .select2-selection")
    for _stop in range(60):
        page.keyboard.press("Tab")
        if country.evaluate("element => element === document.activeElement"):
            break
    page.keyboard.press("Enter")
    expect(page.locator(".select2-search__field").last).to_be_focused()
    page.keyboard.insert_text("Poland")
    expect(page.locator(".select2-results__option")).to_have_text(["Poland"])
    page.locator(".select2-results__option--highlighted").wait_for()
    page.keyboard.press("Enter")
    expect(page.locator(".field-country option:checked")).to_have_text("Poland")

    page.locator("#id_local_name").focus()
    to_field(page, "name_en")
    page.keyboard.type("Town One")
    page.keyboard.press("Shift+Tab")
    for _language in range(7):
        page.keyboard.press("ArrowRight")
        if page.evaluate("document.activeElement.innerText").startswith("PL"):
            break
    page.keyboard.press("Enter")
    to_field(page, "name_pl")
    page.keyboard.type("Miasto Pierwsze")
    to_field(page, "status")
    page.keyboard.press("P")  # for “Published”
    to_field(page, "_save")
    page.keyboard.press("Enter")
    page.locator(".messagelist .success").wait_for()

    page.goto(path("cities:detail", "pl", slug="city-1"))
    assert page.locator("h1").inner_text() == "Miasto Pierwsze"


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize(
    "kind",
    ["start page", "filtered cities", "featured city", "network", "approaches", "approach", "search results"],
)
def test_the_tab_key_leads_through_a_page_and_out_of_it(new_page, kind, width):
    page = new_page(viewport={"width": width, "height": 800}, reduced_motion="reduce")
    page.goto(address(kind))
    if page.locator("[data-city-map]").count():
        live_map(page)

    leave_by_tab(page)


def test_the_tab_key_leads_through_the_picture_of_a_map_and_out_of_the_page(page):
    page.route("**/map.geojson*", lambda route: route.fulfill(body="["))  # no live map comes of it
    page.goto(address("network"))
    tab_to(page, "Skip the map")
    stop(page)
    assert "map__place" in focused(page, "class").split()

    leave_by_tab(page)


def leave_by_tab(page):
    """Go through all further stops of a page and out of it."""
    last = page.locator(".footer a").last.inner_text()
    tab_to(page, last, limit=400)
    while stop(page) == last:
        pass
    assert page.evaluate("document.activeElement === document.body")


def test_the_way_back_leads_through_the_same_stops(page):
    page.goto(address("approach"))
    if page.locator("[data-city-map]").count():
        live_map(page)
    there = [stop(page) for _stop in range(20)]

    back = [stop(page, "Shift+Tab") for _stop in range(19)]

    assert back == there[-2::-1]


def test_the_results_are_one_step_from_the_search_term(page):
    page.goto(path("cities:list"))
    page.locator("#filter-q").focus()

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**#rows")
    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.closest('#results .row') !== null")


def test_the_language_menu_opens_by_keyboard(page):
    page.goto(path("pages:about"))
    page.locator(".language-switch summary").focus()

    page.keyboard.press("Enter")
    tab_to(page, "Polski", limit=8)
    enter(page, "**/pl/**")

    assert page.locator("html").get_attribute("lang") == "pl"
