"""How tests come to a live map and into it."""

from playwright.sync_api import expect

from tests.browser.waiting import wait_until

# Whether in five frames on end no list is on its way, no map moves and the page is not scrolled.
AT_REST = """async () => {
  await document.fonts.ready;
  const moves = ({ cityMap: map }) => map._animatingZoom || map._panAnim?._inProgress;
  const { scrollX, scrollY } = window;
  for (let frame = 0; frame < 5; frame += 1) {
    await new Promise(requestAnimationFrame);
    if (document.querySelector("#results[aria-busy], .map[aria-busy]")) return false;
    if ([...document.querySelectorAll(".map--live")].some(moves)) return false;
    if (scrollX !== window.scrollX || scrollY !== window.scrollY) return false;
  }
  return true;
}"""


def live_map(page, address=None):
    """The figure of the first map of a page, once the live map has taken over."""
    if address:
        page.goto(address)
    page.locator("[data-city-map]").first.scroll_into_view_if_needed()
    page.locator(".map--live").first.wait_for()
    settled(page)
    return page.locator(".map--live").first


def settled(page):
    """Until the map neither moves nor waits for points."""
    wait_until(page, lambda: page.evaluate(AT_REST))


def enter_map(page, figure):
    figure.locator(".map__skip").focus()
    page.keyboard.press("Tab")
    expect(figure.locator(".map__enter")).to_be_focused()
    page.keyboard.press("Enter")
    expect(figure.locator(".map__live")).to_be_focused()
