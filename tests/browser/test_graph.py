"""The graph in a browser: found, chosen, zoomed, filtered, and left alone where there is no script."""

from playwright.sync_api import expect

from tests.browser.kinds import address

PHONE = {"width": 390, "height": 844}
SCALE = "new DOMMatrix(getComputedStyle(document.querySelector('.graph__picture')).transform)"
WIDTH = "document.querySelector('.graph__picture').getBoundingClientRect().width"


def opened(page):
    page.goto(address("graph"))
    page.locator(".graph--live").wait_for()
    page.wait_for_timeout(300)
    return page


def find(page, text):
    page.get_by_label("Find in the graph").fill(text)
    page.get_by_label("Find in the graph").press("Enter")


def test_a_node_is_found_without_accents_and_shown_with_its_neighbours(page):
    opened(page)

    find(page, "gdansk")

    card = page.locator(".graph__card")
    expect(card.locator(".graph__chosen")).to_have_text("Gdańsk")
    assert card.locator(".graph__chosen").get_attribute("href") == "/en/cities/gdansk/"
    assert "Eurocities" in card.locator(".graph__neighbours").inner_text()
    lines = page.locator(".graph__lit-lines path").count()
    assert lines == card.locator(".graph__neighbours li").count() > 1


def test_what_is_not_there_is_said(page):
    opened(page)

    page.get_by_label("Find in the graph").fill("xyzzy")

    expect(page.locator(".graph__find [role=status]")).to_have_text("Nothing found")


def test_neighbours_lead_on_and_escape_leads_back(page):
    opened(page)
    find(page, "gdansk")

    page.locator(".graph__neighbours").get_by_text("Eurocities", exact=True).click()
    expect(page.locator(".graph__chosen")).to_have_text("Eurocities")
    page.keyboard.press("Escape")

    expect(page.locator(".graph__card")).to_be_hidden()
    expect(page.locator(".graph__lit")).to_have_count(0)
    expect(page.locator(".graph__stage")).to_be_focused()


def test_a_click_on_a_node_chooses_it(page):
    opened(page)

    page.locator(".graph__hub[href='/en/networks/eurocities/'] .graph__mark").click(force=True)

    expect(page.locator(".graph__chosen")).to_have_text("Eurocities")
    assert page.url.endswith(address("graph"))


def test_buttons_and_keys_zoom_and_move(page):
    opened(page)
    whole = page.evaluate(WIDTH)

    page.get_by_role("button", name="Zoom in").click()
    page.wait_for_timeout(300)
    nearer = page.evaluate(WIDTH)
    page.locator(".graph__stage").focus()
    before = page.evaluate(f"{SCALE}.e")
    page.keyboard.press("ArrowRight")
    moved = page.evaluate(f"{SCALE}.e")
    page.keyboard.press("0")
    page.wait_for_timeout(300)

    assert nearer > 1.5 * whole
    assert moved < before
    assert abs(page.evaluate(WIDTH) - whole) < 1


def test_dragging_moves_and_chooses_nothing(page):
    opened(page)
    page.get_by_role("button", name="Zoom in").click()
    page.wait_for_timeout(300)
    page.locator(".graph__stage").scroll_into_view_if_needed()
    box = page.locator(".graph__stage").bounding_box()
    before = page.evaluate(f"{SCALE}.e")

    page.mouse.move(box["x"] + 400, box["y"] + 300)
    page.mouse.down()
    page.mouse.move(box["x"] + 300, box["y"] + 300, steps=5)
    page.mouse.up()

    assert page.evaluate(f"{SCALE}.e") < before - 50
    assert page.locator(".graph__card").is_hidden()


def test_a_filter_brings_the_live_graph_of_fewer(page):
    opened(page)
    every = page.locator(".graph__dots a").count()

    page.get_by_label("Organisation", exact=False).first.check()
    page.wait_for_url("**kind=organisation**")
    page.locator(".graph--live").wait_for()

    assert 0 < page.locator(".graph__dots a").count() < every
    find(page, "unhcr")
    assert page.locator(".graph__card").is_visible()


def test_without_a_script_nodes_are_links(new_page):
    page = new_page(java_script_enabled=False)
    page.goto(address("graph"))

    page.locator(".graph__hub[href='/en/networks/eccar/'] .graph__mark").click(force=True)

    page.wait_for_url("/en/networks/eccar/")


def test_one_finger_scrolls_the_page_until_the_graph_is_zoomed_into(new_page):
    page = opened(new_page(viewport=PHONE, has_touch=True))
    touch = "getComputedStyle(document.querySelector('.graph__stage')).touchAction"

    assert page.evaluate(touch) == "pan-y"
    page.get_by_role("button", name="Zoom in").click()
    page.wait_for_timeout(300)

    assert page.evaluate(touch) == "none"


def test_the_keyboard_meets_a_handful_of_stops_and_no_thousand_links(page):
    opened(page)

    stops = page.locator(".graph").evaluate(
        "figure => [...figure.querySelectorAll('a, button, input, [tabindex]')].filter(e => e.tabIndex >= 0 && e.checkVisibility()).length"
    )

    assert stops == 5
