"""Map and list say the same, for the pointer, the finger and the keyboard."""

import itertools
import re

import pytest
from playwright.sync_api import expect

from cities.models import City
from tests.browser.kinds import path
from tests.browser.maps import enter_map, live_map, settled
from tests.browser.waiting import wait_until
from tests.factories import make_city, make_country, make_profile

CITIES = path("cities:list")
POLAND = CITIES + "?country=PL"
THREE_NETWORKS = CITIES + "?network=eccar&network=eurocities&network=intercultural-cities"
ECCAR = "European Coalition of Cities against Racism"
MENTORS = path("networks:initiative", slug="solidarity-cities-mentoring-2017")
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
GDANSK = {"latitude": 54.35, "longitude": 18.65}
PLACES_IN_VIEW = """figure => {
    const { min, max } = figure.cityMap.getPixelBounds();
    return [...figure.querySelectorAll(".map-point, .map-cluster")].filter((point) => {
        const [box, frame] = [point, figure.querySelector(".map__live")].map((part) => part.getBoundingClientRect());
        return box.left >= frame.left && box.right <= frame.right && box.top >= frame.top && box.bottom <= frame.bottom;
    }).length;
}"""


def number_of_points(figure):
    """How many municipalities the live map shows: single points, and the numbers on the clusters."""
    clusters = figure.locator(".map-cluster").all_inner_texts()
    return figure.locator(".map-point").count() + sum(int(re.sub(r"\D", "", text)) for text in clusters)


def view(figure):
    return figure.evaluate(
        "figure => [figure.cityMap.getCenter().lat, figure.cityMap.getCenter().lng, figure.cityMap.getZoom()]"
    )


def focused(page):
    """What has the focus, in a word."""
    return page.evaluate("document.activeElement.className || document.activeElement.tagName")


@pytest.fixture
def coinciding(db):
    """Three invented municipalities on one spot, one of them featured, and one far off."""
    country = make_country("Country of one spot", "ZX")
    cities = [
        make_city(name, country=country, latitude=latitude, longitude=20, population=1000)
        for name, latitude in [("Spot One", 48), ("Spot Two", 48), ("Spot Three", 48), ("Far Off", 52)]
    ]
    profile = make_profile(cities[0])
    yield CITIES + "?country=ZX"
    profile.delete()
    for city in cities:
        city.delete()
    country.delete()


# Map and list


def test_the_map_shows_what_the_list_shows(page):
    figure = live_map(page, POLAND)

    listed = page.locator(".row__title a").count()
    assert listed == City.objects.published().filter(country__code="PL").count()
    assert number_of_points(figure) == listed


def test_the_picture_without_javascript_shows_the_same(new_page):
    page = new_page(java_script_enabled=False)
    page.goto(POLAND)

    picture = page.locator(".map__picture").first
    assert picture.is_visible()
    assert "13" in picture.get_attribute("aria-label")
    page.locator(".map__place[href$='/gdansk/']").click()
    assert page.locator("h1").inner_text() == "Gdańsk"


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("address", [path("pages:home"), CITIES, CITIES + "?bbox=5,47,15,55"])
def test_the_live_map_takes_over_without_a_jump(new_page, width, address):
    """Featured points stand where the picture has them, and nothing on the page moves."""
    page = new_page(viewport={"width": width, "height": 900})
    page.add_init_script(
        """window.shift = 0; new PerformanceObserver((list) => {
            for (const entry of list.getEntries()) window.shift += entry.value;
        }).observe({ type: "layout-shift", buffered: true });"""
    )
    held = []
    page.route("**/map.geojson*", lambda route: held.append(route))
    page.goto(address)
    page.locator("[data-city-map]").first.scroll_into_view_if_needed()
    wait_until(page, lambda: held)
    settled(page)
    # Until here words moved by a pixel or two, if their font came late: that is no doing of the map.
    page.evaluate("window.shift = 0")
    for route in held:
        route.continue_()
    figure = live_map(page)

    drawn = figure.evaluate(
        """figure => Object.fromEntries([...figure.querySelectorAll(".map__place--featured")].map((place) => {
            const box = place.querySelector(".map__dot").getBoundingClientRect();
            return [place.querySelector("title").textContent, [box.x + box.width / 2, box.y + box.height / 2]];
        }))"""
    )
    live = figure.evaluate(
        """figure => Object.fromEntries([...figure.querySelectorAll(".map-point--featured")].map((point) => {
            const box = point.getBoundingClientRect();
            return [point.textContent, [box.x + box.width / 2, box.y + box.height / 2]];
        }))"""
    )
    shared = drawn.keys() & live.keys()
    assert len(shared) > 3
    for name in shared:
        assert drawn[name] == pytest.approx(live[name], abs=1.5), name
    assert page.evaluate("window.shift") < 0.0005


def test_numbers_cross_no_names(page):
    for address in [path("pages:home"), CITIES, CITIES + "?country=DE"]:
        figure = live_map(page, address)

        crossing = figure.evaluate(
            """figure => {
                const boxes = (selector) => [...figure.querySelectorAll(selector)].map((part) => part.getBoundingClientRect());
                const names = boxes(".map-point__name:not(.map-point__name--hidden)");
                const cross = (one, other) => one.left < other.right - 1 && other.left < one.right - 1
                    && one.top < other.bottom - 1 && other.top < one.bottom - 1;
                return [names.length,
                    boxes(".map-cluster").filter((number) => names.some((name) => cross(number, name))).length,
                    names.filter((name, place) => names.slice(0, place).some((other) => cross(name, other))).length];
            }"""
        )
        assert crossing[0] > 5
        assert crossing[1:] == [0, 0]


def test_pointing_at_a_row_marks_its_point_and_opens_nothing(page):
    figure = live_map(page, POLAND)

    page.locator("[data-place=gdansk]").hover()
    expect(figure.locator(".map-point--active")).to_have_text("Gdańsk")
    page.locator("[data-place=warszawa] a").first.focus()
    expect(figure.locator(".map-point--active")).to_have_text("Warsaw")

    assert figure.locator(".leaflet-popup").count() == 0


def test_pointing_at_a_point_marks_its_row(page):
    figure = live_map(page, POLAND)

    figure.locator(".map-point", has_text="Gdańsk").hover()
    expect(page.locator(".row--active")).to_have_count(1)
    assert page.locator(".row--active").get_attribute("data-place") == "gdansk"
    page.locator("h1").hover()
    expect(page.locator(".row--active")).to_have_count(0)


def test_choosing_a_point_marks_its_row_and_brings_it_into_view(page):
    figure = live_map(page, POLAND)
    row = page.locator("[data-place=warszawa]")

    figure.locator(".map-point", has_text="Warsaw").click()
    page.mouse.move(0, 0)

    expect(row).to_have_class(re.compile("row--active"))
    expect(row).to_be_in_viewport()
    figure.get_by_role("button", name="Show in the list").click()
    expect(row.locator("a").first).to_be_focused()


def test_only_what_is_in_this_view(page):
    figure = live_map(page, CITIES)
    page.locator("[data-do=in]").click()
    page.locator("[data-do=in]").click()
    settled(page)
    before = view(figure)

    figure.get_by_role("button", name="Only what is in this view").click()
    page.wait_for_url("**bbox=**")
    settled(page)

    total = int(page.locator(".listing__count strong").inner_text().replace(",", ""))
    assert 0 < total < City.objects.published().count()
    assert number_of_points(figure) <= total
    assert view(figure) == pytest.approx(before)
    assert page.locator(".chip", has_text="Only what is in this view").is_visible()

    address = page.url
    page.goto(address)
    figure = live_map(page)
    assert int(page.locator(".listing__count strong").inner_text().replace(",", "")) == total
    assert view(figure) == pytest.approx(before, abs=0.2)

    page.locator(".chip", has_text="Only what is in this view").click()
    expect(page.locator(".chip")).to_have_count(0)
    expect(page).not_to_have_url(re.compile("bbox"))


def test_the_map_follows_when_the_list_is_refined(page):
    figure = live_map(page, CITIES)
    figure.evaluate("figure => { figure.dataset.same = 'yes'; }")

    page.locator("input[name=featured]").check()
    page.wait_for_url("**featured=yes**")
    settled(page)

    featured = City.objects.published().featured().count()
    assert figure.get_attribute("data-same") == "yes"
    assert number_of_points(figure) == featured
    assert f"Map of {featured} municipalities" in figure.get_attribute("aria-label")
    assert f"{featured}" in figure.locator(".map__picture").get_attribute("aria-label")
    assert figure.locator(".legend__key").all_inner_texts() == ["Featured city"]


def test_a_list_that_is_refined_before_the_map_is_live_has_its_own_map(page):
    points = []
    page.route("**/map.geojson", lambda route: points.append(route))
    page.goto(CITIES)
    figure = page.locator("[data-city-map]")
    figure.scroll_into_view_if_needed()
    page.locator("input[name=featured]").check()
    page.wait_for_url("**featured=yes**")
    expect(figure.locator(".legend__key")).to_have_text(["Featured city"])

    wait_until(page, lambda: points)
    points[0].continue_()
    live_map(page)
    settled(page)

    assert number_of_points(figure) == City.objects.published().featured().count()


def test_the_picture_shows_where_the_points_of_a_refined_list_do_not_arrive(page):
    figure = live_map(page, CITIES)
    page.route("**/map.geojson?**", lambda route: route.fulfill(body="["))

    page.locator("input[name=featured]").check()
    page.wait_for_url("**featured=yes**")

    expect(figure.locator(".map__live")).to_be_hidden()
    expect(figure.locator(".map__picture")).to_have_css("visibility", "visible")


def test_escape_leaves_the_map_first_and_then_the_large_map(page):
    figure = live_map(page, CITIES)
    enlarge(page, figure)
    figure.locator(".map__enter").focus()
    page.keyboard.press("Enter")
    expect(figure.locator(".map__live")).to_be_focused()

    page.keyboard.press("Escape")
    expect(figure).to_have_class(re.compile("map--large"))
    page.keyboard.press("Escape")
    expect(figure).not_to_have_class(re.compile("map--large"))


# Networks and who works together


def test_members_of_chosen_networks_have_their_marks(page):
    figure = live_map(page, THREE_NETWORKS)
    point = figure.locator(".map-point[aria-label^='Stockholm (']")

    assert figure.locator(".map__legend [data-mark]").count() == 3
    assert point.get_attribute("aria-label") == f"Stockholm ({ECCAR}, Eurocities)"
    assert point.locator(".map__mark").evaluate_all("marks => marks.map((mark) => mark.classList[1])") == [
        "map__mark--2",
        "map__mark--1",
    ]
    assert figure.locator(".map-cluster .map__mark--3").count() > 0

    point.click()
    expect(figure.locator(".map-card__networks .legend__key")).to_have_text([ECCAR, "Eurocities"])


def test_marks_and_lines_come_and_go_with_the_filter(page):
    figure = live_map(page, CITIES)
    assert figure.locator(".map__lines").count() == 0

    page.locator("input[name=network][value=eurocities]").check()
    page.wait_for_url("**network=eurocities**")
    settled(page)
    assert [name.strip() for name in figure.locator(".legend__key--mark").all_inner_texts()] == ["Eurocities"]
    assert figure.locator(".map-point--marked").count() > 3
    assert figure.locator(".map__live .map__lines--partners").count() == 1

    page.locator("input[name=network][value=eurocities]").uncheck()
    page.wait_for_url(lambda address: "network" not in address)
    settled(page)
    assert figure.locator(".legend__key--mark, .map-point--marked, .map__live .map__lines").count() == 0


MIDDLES = """(figure, within) => [...figure.querySelectorAll(`${within} .map__arrow`)].map((arrow) => {
    const box = arrow.getBoundingClientRect();
    return [box.x + box.width / 2, box.y + box.height / 2];
}).sort(([one], [other]) => one - other)"""


def test_lines_stay_where_the_picture_has_them(page):
    figure = live_map(page, MENTORS)

    drawn, live = (figure.evaluate(MIDDLES, within) for within in [".map__picture", ".map__live"])

    assert len(drawn) == 4
    for one, other in zip(drawn, live, strict=True):
        assert one == pytest.approx(other, abs=2)


def test_pointing_at_a_place_brings_out_its_lines(page):
    figure = live_map(page, MENTORS)
    touched = figure.locator(".map__live .map__lines--touched")
    assert lines_in(touched) == 0

    figure.locator(".map-point", has_text="Stockholm").hover()
    wait_until(page, lambda: lines_in(touched) == 5)  # with each of its partners
    page.mouse.move(0, 0)
    wait_until(page, lambda: lines_in(touched) == 0)

    enter_map(page, figure)
    figure.locator(".map-point", has_text="Leeds").focus()
    wait_until(page, lambda: lines_in(touched) == 5)


def lines_in(path):
    return path.get_attribute("d").count("L")


def test_the_picture_has_lines_and_arrows_without_javascript(new_page):
    page = new_page(java_script_enabled=False)
    page.goto(MENTORS)

    picture = page.locator(".map__picture")
    assert picture.locator(".map__lines--mentoring").is_visible()
    assert picture.locator(".map__arrow").count() == 4
    assert page.locator(".legend__key--mentoring").is_visible()


@pytest.mark.parametrize("width", [390, 1280])
def test_marks_and_lines_hinder_nobody(new_page, axe, width):
    page = new_page(viewport={"width": width, "height": 844}, bypass_csp=True, reduced_motion="reduce")

    for address in [THREE_NETWORKS + "&network=icorn", MENTORS]:
        live_map(page, address)
        assert not axe(page, ".map")
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_marks_show_in_forced_colours(new_page):
    page = new_page(forced_colors="active")
    figure = live_map(page, THREE_NETWORKS)

    ground = figure.locator(".map__live").evaluate("live => getComputedStyle(live).backgroundColor")
    fills = figure.locator(".map__live .map__mark").evaluate_all(
        "marks => marks.map((mark) => getComputedStyle(mark).fill)"
    )
    assert fills
    assert ground not in fills


# Numbers


def test_a_number_opens_by_click(page):
    figure = live_map(page, CITIES + "?country=DE")
    before = view(figure)[2]

    figure.locator(".map-cluster").first.click()

    wait_until(page, lambda: view(figure)[2] > before)


def test_coinciding_points_spread(page, coinciding):
    figure = live_map(page, coinciding)
    number = figure.locator(".map-cluster")
    expect(number).to_have_text("3")

    number.click()
    expect(figure.locator(".map-point")).to_have_count(4)
    boxes = [point.bounding_box() for point in figure.locator(".map-point").all()]
    for place, box in enumerate(boxes):
        for other in boxes[:place]:
            assert abs(box["x"] - other["x"]) > 20 or abs(box["y"] - other["y"]) > 20

    figure.locator(".map-point", has_text="Spot Two").click()
    assert figure.locator(".map-card__name").inner_text() == "Spot Two"


def test_coinciding_points_spread_for_the_keyboard(page, coinciding):
    figure = live_map(page, coinciding)
    enter_map(page, figure)

    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.ariaLabel") == "Municipalities: 3"
    page.keyboard.press("Enter")
    expect(figure.locator(".map-point")).to_have_count(4)
    names = []
    for _point in range(3):
        names.append(page.evaluate("document.activeElement.textContent"))
        page.keyboard.press("Tab")
    assert sorted(names) == ["Spot One", "Spot Three", "Spot Two"]


# The keyboard


def test_the_map_is_two_stops_until_somebody_enters_it(page):
    figure = live_map(page, CITIES)
    figure.locator(".map__skip").focus()

    stops = []
    for _stop in range(4):
        page.keyboard.press("Tab")
        stops.append(focused(page))

    assert stops[:3] == ["map__enter", "map-tool map-tool--in", "map-action map-action--within"]
    assert "map" not in stops[3]


def test_a_screen_reader_hears_what_the_map_is_and_can_skip_it(page):
    figure = live_map(page, POLAND)

    assert figure.get_attribute("aria-label") == "Map of 13 municipalities, list follows"
    assert figure.locator(".leaflet-points-pane").get_attribute("aria-hidden") == "true"
    figure.locator(".map__skip").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**#results")


def test_arrows_pan_plus_and_minus_zoom_and_escape_leads_back(page):
    figure = live_map(page, POLAND)
    enter_map(page, figure)
    latitude, longitude, zoom = view(figure)

    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    settled(page)
    assert view(figure)[0] < latitude
    assert view(figure)[1] > longitude
    page.keyboard.press("+")
    wait_until(page, lambda: view(figure)[2] == pytest.approx(zoom + 1, abs=0.5))

    page.keyboard.press("Escape")
    expect(figure.locator(".map__enter")).to_be_focused()
    page.keyboard.press("Tab")
    assert "map-tool" in focused(page)


def test_tab_steps_through_the_points_in_view_in_reading_order_and_out_again(page):
    figure = live_map(page, POLAND)
    enter_map(page, figure)

    tops, seen = [], 0
    while True:
        page.keyboard.press("Tab")
        box = page.evaluate(
            """() => {
                const point = document.activeElement;
                if (!point.matches(".map-point, .map-cluster")) return null;
                const { x, y, width, height } = point.getBoundingClientRect();
                return document.elementsFromPoint(x + width / 2, y + height / 2).includes(point) ? y : -1;
            }"""
        )
        if box is None:
            break
        tops.append(box)
        seen += 1
        assert seen < 60

    assert seen == figure.evaluate(PLACES_IN_VIEW)
    assert all(top > 0 for top in tops)  # none is hidden
    assert all(later > earlier - 60 for earlier, later in itertools.pairwise(tops))
    assert "map-tool" in focused(page)
    page.keyboard.press("Shift+Tab")
    assert "map" in focused(page)


def test_enter_on_a_point_names_the_city_and_leads_to_its_page(page):
    figure = live_map(page, POLAND)
    enter_map(page, figure)
    figure.locator(".map-point", has_text="Gdańsk").focus()

    page.keyboard.press("Enter")
    expect(figure.locator(".map-card__name")).to_be_focused()
    page.keyboard.press("Escape")
    expect(figure.locator(".map-point", has_text="Gdańsk")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.wait_for_url("**/cities/gdansk/")

    assert page.locator("h1").inner_text() == "Gdańsk"


def test_enter_on_a_number_opens_it_and_keeps_the_focus_on_the_map(page):
    figure = live_map(page, CITIES + "?country=DE")
    enter_map(page, figure)
    zoom = view(figure)[2]
    figure.locator(".map-cluster").first.focus()

    page.keyboard.press("Enter")
    wait_until(page, lambda: view(figure)[2] > zoom)
    settled(page)

    assert page.evaluate("document.activeElement.closest('.map__live') !== null")


def test_a_point_that_leaves_the_view_hands_its_focus_to_the_map(page):
    figure = live_map(page, POLAND)
    enter_map(page, figure)
    page.keyboard.press("Tab")

    for _step in range(12):
        page.keyboard.press("ArrowDown")
    settled(page)

    expect(figure.locator(".map__live")).to_be_focused()


def test_the_buttons_are_one_stop_with_arrows_between_them(page):
    figure = live_map(page, CITIES)
    figure.get_by_role("button", name="Zoom in").focus()

    names = []
    for _button in range(4):
        page.keyboard.press("ArrowDown")
        names.append(page.evaluate("document.activeElement.ariaLabel"))

    assert names == ["Zoom out", "Reset map view", "Show where I am", "Enlarge the map"]


@pytest.mark.parametrize("address", [POLAND, path("networks:detail", slug="eccar")])
def test_the_live_map_waits_until_the_focus_has_left_the_picture(page, address):
    """Whoever goes through the links of the picture keeps their place."""
    held = []
    page.route("**/map.geojson*", lambda route: held.append(route))
    page.goto(address)
    figure = page.locator("[data-city-map]").first
    figure.scroll_into_view_if_needed()
    wait_until(page, lambda: held)

    link = figure.locator("a.map__place").first
    link.focus()
    for route in held:
        route.continue_()
    # Its buttons are in order when the live map is whole; from then on it waits for nothing but the focus.
    figure.locator(".map-tool[tabindex='-1']").first.wait_for(state="attached")
    page.wait_for_timeout(300)
    expect(figure).not_to_have_class(re.compile("map--live"))
    expect(link).to_be_focused()
    page.keyboard.press("Tab")  # to the next link of the picture
    page.wait_for_timeout(300)
    expect(figure).not_to_have_class(re.compile("map--live"))
    assert page.evaluate("document.activeElement.closest('.map__picture') !== null")

    figure.locator(".map__skip").focus()
    expect(figure).to_have_class(re.compile("map--live"))
    assert number_of_points(figure) > 0


# Phones


def touch(session, kind, *points):
    session.send(
        "Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y} for x, y in points]}
    )


def drag(page, *fingers, by=-120):
    session = page.context.new_cdp_session(page)
    touch(session, "touchStart", *fingers)
    for step in range(1, 9):
        touch(session, "touchMove", *[(x, y + by * step / 8) for x, y in fingers])
        page.wait_for_timeout(20)
    touch(session, "touchEnd")


def enlarge(page, figure):
    figure.get_by_role("button", name="Enlarge the map").click()
    expect(figure).to_have_class(re.compile("map--large"))
    settled(page)


def middle(figure):
    box = figure.locator(".map__live").bounding_box()
    return box["x"] + box["width"] / 3, box["y"] + box["height"] / 2


def test_one_finger_scrolls_the_page_and_two_move_the_map(new_page):
    page = new_page(**PHONE)
    figure = live_map(page, CITIES)
    page.evaluate("scrollTo({ top: 150, behavior: 'instant' })")
    settled(page)
    x, y = middle(figure)
    before, scrolled = view(figure), page.evaluate("scrollY")

    drag(page, (x, y))
    wait_until(page, lambda: page.evaluate("scrollY") > scrolled + 60)
    settled(page)
    assert view(figure) == pytest.approx(before)

    x, y = middle(figure)
    scrolled = page.evaluate("scrollY")
    drag(page, (x, y), (x + 60, y), by=-80)
    wait_until(page, lambda: view(figure)[0] < before[0])
    settled(page)
    assert page.evaluate("scrollY") == scrolled


@pytest.mark.parametrize("width", [320, 390])
def test_the_map_fills_a_phone_and_closes_again(new_page, width):
    page = new_page(**PHONE | {"viewport": {"width": width, "height": 780}})
    figure = live_map(page, CITIES)
    scrolled = page.evaluate("scrollY")

    enlarge(page, figure)
    box = figure.bounding_box()
    assert (box["x"], box["y"], box["width"], box["height"]) == (0, 0, width, 780)
    assert figure.locator(".map__live").bounding_box()["height"] > 600
    assert page.evaluate("document.querySelector('header').closest('[inert]') !== null")

    latitude = view(figure)[0]
    drag(page, middle(figure))
    wait_until(page, lambda: view(figure)[0] < latitude)  # nothing to scroll here: one finger is enough

    figure.get_by_role("button", name="Close the large map").click()
    expect(figure).not_to_have_class(re.compile("map--large"))
    assert figure.bounding_box()["height"] < 700
    assert page.evaluate("scrollY") == scrolled
    assert page.locator("[inert]").count() == 0


def test_escape_closes_the_large_map(page):
    figure = live_map(page, CITIES)

    enlarge(page, figure)
    page.keyboard.press("Escape")

    expect(figure.get_by_role("button", name="Enlarge the map")).to_be_focused()


def test_buttons_are_large_enough_for_fingers(new_page):
    page = new_page(**PHONE)
    figure = live_map(page, CITIES)

    for button in figure.locator(".map__tools button, .map-action").all():
        box = button.bounding_box()
        assert min(box["width"], box["height"]) >= 44


# Where the visitor is


def test_the_visitor_is_asked_first_and_sees_the_nearest(new_page):
    page = new_page(geolocation=GDANSK, permissions=["geolocation"])
    figure = live_map(page, CITIES)
    asked = []
    page.on("request", lambda request: asked.append(request.url))

    figure.get_by_role("button", name="Show where I am").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("not sent to anybody")
    dialog.get_by_role("button", name="Show where I am").click()

    nearest = figure.locator(".map__nearest a")
    expect(nearest.first).to_have_text("Gdańsk")
    expect(nearest).to_have_count(5)
    assert not [address for address in asked if "54.3" in address]


def test_who_says_no_is_not_located(new_page):
    page = new_page(geolocation=GDANSK, permissions=["geolocation"])
    figure = live_map(page, CITIES)

    figure.get_by_role("button", name="Show where I am").click()
    page.get_by_role("dialog").get_by_role("button", name="Cancel").click()
    page.wait_for_timeout(300)

    assert figure.locator(".map__panel").is_hidden()


def test_a_browser_that_refuses_is_told_of(new_page):
    page = new_page()
    figure = live_map(page, CITIES)

    figure.get_by_role("button", name="Show where I am").click()
    page.get_by_role("dialog").get_by_role("button", name="Show where I am").click()

    expect(figure.locator(".map__panel")).to_contain_text("does not let this page know")
    figure.locator(".map__panel").get_by_role("button", name="Close").click()
    expect(figure.locator(".map__panel")).to_be_hidden()


# Streets


def with_streets(page):
    """The addresses of tiles that a page asks for; each gets an empty picture."""
    asked = []

    def answer(route):
        asked.append(route.request.url)
        route.fulfill(content_type="image/svg+xml", body='<svg xmlns="http://www.w3.org/2000/svg"/>')

    page.route("**/tiles/**", answer)
    return asked


def test_without_a_tile_service_there_is_no_trace_of_one(page):
    live_map(page, CITIES)

    assert page.get_by_role("button", name="Show streets").count() == 0
    assert "streets" not in page.content()


def test_streets_are_asked_for_only_after_a_yes_that_is_remembered(page, tiles):
    asked = with_streets(page)
    figure = live_map(page, CITIES)
    streets = figure.get_by_role("button", name="Show streets")

    streets.click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("tiles.example then receives your IP address")
    dialog.get_by_role("button", name="Cancel").click()
    page.wait_for_timeout(300)
    assert asked == []

    streets.click()
    dialog.get_by_role("button", name="Show streets").click()
    expect(figure.locator(".map__attribution")).to_have_text("© Streets")
    wait_until(page, lambda: asked)
    expect(streets).to_have_attribute("aria-pressed", "true")

    asked.clear()
    figure = live_map(page, CITIES)
    wait_until(page, lambda: asked)  # remembered

    streets.click()
    expect(streets).to_have_attribute("aria-pressed", "false")
    asked.clear()
    live_map(page, CITIES)
    expect(streets).to_be_visible()
    page.wait_for_timeout(300)
    assert asked == []  # forgotten


def test_a_service_of_ones_own_needs_no_consent(page, tiles):
    tiles["consent"] = False
    asked = with_streets(page)

    live_map(page, CITIES)

    wait_until(page, lambda: asked)


# All of it


def test_the_map_asks_for_nothing_but_its_own_files(new_page):
    """The page fixture fails on a request to any other host; here the map is moved and zoomed as well."""
    page = new_page()
    live_map(page, path("pages:home"))

    page.get_by_role("button", name="Zoom in").click()
    page.wait_for_timeout(500)
    page.get_by_role("button", name="Reset map view").click()
    page.wait_for_timeout(500)

    assert page.locator(".map--live").count() == 1


def test_points_show_in_forced_colours(new_page):
    page = new_page(forced_colors="active")
    figure = live_map(page, POLAND)

    colours = figure.evaluate(
        """figure => [...figure.querySelectorAll(".map-point")].map((point) => {
            const { backgroundColor, borderColor } = getComputedStyle(point, "::before");
            return [backgroundColor, borderColor];
        })"""
    )
    ground = figure.locator(".map__live").evaluate("live => getComputedStyle(live).backgroundColor")
    assert colours
    assert all(pair[0] != ground for pair in colours)


def test_who_wants_no_motion_sees_none(new_page):
    page = new_page(reduced_motion="reduce")
    figure = live_map(page, CITIES)
    zoom = view(figure)[2]

    page.get_by_role("button", name="Zoom in").click()

    assert view(figure)[2] > zoom


def test_the_picture_of_the_server_is_printed(page):
    figure = live_map(page, POLAND)

    page.emulate_media(media="print")

    expect(figure.locator(".map__live")).to_be_hidden()
    expect(figure.locator(".map__picture")).to_have_css("visibility", "visible")
