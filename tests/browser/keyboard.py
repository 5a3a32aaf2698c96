"""Going through a page with the Tab key; a stop that cannot be seen ends the test."""

from playwright.sync_api import expect

# What is wrong with the focus as it stands: nothing marks it, it is out of view, or something lies over all of it.
UNSEEN = """() => {
  const element = document.activeElement;
  const name = `${element.outerHTML.slice(0, 120)} on ${location.pathname}`;
  const marked = [element, ...element.querySelectorAll("*")].concat(element.parentElement, ...(element.labels || []))
    .some((part) => ["", "::before", "::after"].some((pseudo) => {
      const { outlineStyle, outlineWidth, boxShadow, stroke } = getComputedStyle(part, pseudo || null);
      const ring = part.matches(".map__area") && stroke !== "none"; // around a point in the picture of a map
      return ring || (outlineStyle !== "none" && parseFloat(outlineWidth) > 0) || boxShadow !== "none";
    }));
  if (!marked) return `not marked: ${name}`;
  const seen = [...element.getClientRects()].some((box) =>
    [0.5, 0.1, 0.9].some((across) => [0.5, 0.1, 0.9].some((down) => {
      const top = document.elementFromPoint(box.left + across * box.width, box.top + down * box.height);
      return top && (element.contains(top) || top.contains(element) || [...(element.labels || [])].includes(top));
    })));
  return seen ? null : `not seen: ${name}`;
}"""
TEXT = """() => {
  const element = document.activeElement;
  return [element.innerText, element.ariaLabel, ...[...(element.labels || [])].map((label) => label.innerText)]
    .filter(Boolean).join(" ");
}"""


def stop(page, key="Tab"):
    """Go one stop on and return its text; None outside the page's content."""
    page.keyboard.press(key)
    if page.evaluate("document.activeElement === document.body"):
        return None
    unseen = page.evaluate(UNSEEN)
    assert unseen is None, unseen
    return page.evaluate(TEXT)


def tab_to(page, text, limit=60, key="Tab"):
    """Go on until a stop says the text."""
    for _stop in range(limit):
        if text in (stop(page, key) or ""):
            return
    raise AssertionError(f"“{text}” is not among the next {limit} stops.")


def skip_to_content(page):
    """Take the first link of a page that has just been loaded."""
    assert stop(page)
    page.keyboard.press("Enter")
    expect(page.locator("#content")).to_be_focused()
