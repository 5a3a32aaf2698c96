"""The site can be used with nothing but a keyboard."""

from tests.browser.kinds import path


def tab_to(page, text, limit=60):
    """Press Tab until the focused element says the text."""
    for _step in range(limit):
        page.keyboard.press("Tab")
        if text in page.evaluate(
            "document.activeElement.matches('a, button, summary') ? document.activeElement.innerText : ''"
        ):
            return
    raise AssertionError(f"“{text}” is not among the first {limit} stops.")


def test_from_the_start_page_to_an_approach_by_keyboard_alone(page):
    page.goto(path("pages:home"))

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip-link"

    tab_to(page, "Approaches")
    page.keyboard.press("Enter")
    page.wait_for_url("**/approaches/")

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # skip to the content
    page.keyboard.press("Tab")
    page.keyboard.type("anti-rumour")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=anti-rumour**")

    tab_to(page, "Anti-Rumour", limit=120)
    page.keyboard.press("Enter")
    page.wait_for_url("**/approaches/barcelona-anti-rumour-strategy/")

    assert page.locator("h1").count() == 1


def test_the_results_are_one_step_from_the_search_term(page):
    page.goto(path("cities:list"))
    page.locator("#filter-q").focus()

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.closest('#results .row') !== null")


def test_the_focus_is_always_visible(page):
    page.goto(path("cities:list"))
    unseen = []
    for _step in range(25):
        page.keyboard.press("Tab")
        seen = page.evaluate(
            """() => {
              const style = getComputedStyle(document.activeElement);
              return style.outlineStyle !== "none" || style.boxShadow !== "none";
            }"""
        )
        if not seen:
            unseen.append(page.evaluate("document.activeElement.outerHTML.slice(0, 100)"))

    assert not unseen


def test_the_language_menu_opens_by_keyboard(page):
    page.goto(path("pages:about"))
    page.locator(".language-switch summary").focus()

    page.keyboard.press("Enter")
    tab_to(page, "Polski", limit=8)
    page.keyboard.press("Enter")
    page.wait_for_url("**/pl/**")

    assert page.locator("html").get_attribute("lang") == "pl"
