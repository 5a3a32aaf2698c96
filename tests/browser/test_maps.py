"""Map and list say the same."""

from cities.models import City
from tests.browser.kinds import path

POLAND = path("cities:list") + "?country=PL"


def live_map(page):
    page.locator("[data-city-map]").first.scroll_into_view_if_needed()
    page.locator(".map--live").first.wait_for()
    return page.locator(".map__live").first


def number_of_points(map):
    """How many municipalities the live map shows: single points, and the numbers on the clusters."""
    map.locator(".leaflet-marker-icon").first.wait_for()
    clusters = map.locator(".map-cluster").all_inner_texts()
    return map.locator(".map-point").count() + sum(int(text) for text in clusters)


def test_the_map_shows_what_the_list_shows(page):
    page.goto(POLAND)
    listed = page.locator(".row__title a").count()

    assert listed == City.objects.published().filter(country__code="PL").count()
    assert number_of_points(live_map(page)) == listed


def test_the_picture_without_javascript_shows_the_same(new_page):
    page = new_page(java_script_enabled=False)
    page.goto(POLAND)

    picture = page.locator(".map__picture").first
    assert picture.is_visible()
    assert "13" in picture.get_attribute("aria-label")


def test_enter_on_a_point_names_the_city_and_leads_to_its_page(page):
    page.goto(POLAND)
    map = live_map(page)

    map.locator(".map-point[title='Gdańsk']").focus()
    page.keyboard.press("Enter")
    link = page.locator(".leaflet-popup a", has_text="Gdańsk")
    link.wait_for()
    link.press("Enter")
    page.wait_for_url("**/cities/gdansk/")

    assert page.locator("h1").inner_text() == "Gdańsk"


def test_a_cluster_opens_by_enter(page):
    page.goto(path("cities:list") + "?country=DE")
    map = live_map(page)
    clusters = map.locator(".map-cluster")
    clusters.first.wait_for()
    before = sorted(clusters.all_inner_texts())

    clusters.first.focus()
    page.keyboard.press("Enter")
    page.wait_for_timeout(800)

    assert sorted(map.locator(".map-cluster").all_inner_texts()) != before


def test_the_map_asks_for_nothing_but_its_own_files(new_page):
    """The page fixture fails on a request to any other host; here the map is moved and zoomed as well."""
    page = new_page()
    page.goto(path("pages:home"))
    live_map(page)

    page.get_by_role("button", name="Zoom in").click()
    page.wait_for_timeout(500)
    page.get_by_role("button", name="Reset map view").click()
    page.wait_for_timeout(500)

    assert page.locator(".map--live").count() == 1
