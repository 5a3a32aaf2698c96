"""How tests come to a live map and into it."""

from playwright.sync_api import expect


def live_map(page, address=None):
    """The figure of the first map of a page, once the live map has taken over."""
    if address:
        page.goto(address)
    page.locator("[data-city-map]").first.scroll_into_view_if_needed()
    page.locator(".map--live").first.wait_for()
    settled(page)
    return page.locator(".map--live").first


def settled(page):
    """Until the map neither moves nor loads."""
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(400)


def enter_map(page, figure):
    figure.locator(".map__skip").focus()
    page.keyboard.press("Tab")
    expect(figure.locator(".map__enter")).to_be_focused()
    page.keyboard.press("Enter")
    expect(figure.locator(".map__live")).to_be_focused()
