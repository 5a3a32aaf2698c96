"""From the page of an actor to how it is connected with another one."""

from tests.browser.kinds import address


def test_a_suggestion_leads_to_the_connection(page):
    page.goto(address("plain municipality"))
    field = page.locator(".ask--from input[name=to]")

    field.focus()
    page.keyboard.insert_text("palerm")  # at once: one answer, not one after another
    page.locator(".ask--from [role=option]").first.wait_for()
    field.press("ArrowDown")
    field.press("Enter")

    page.wait_for_url("**/networks/connection/?from=aachen&to=palermo")
    assert "Palermo" in page.locator("h1").inner_text()


def test_without_scripts_the_name_is_understood(new_page):
    page = new_page(java_script_enabled=False)
    page.goto(address("plain municipality"))

    page.locator(".ask--from input[name=to]").fill("Παλέρμο")
    page.locator(".ask--from button").click()

    page.wait_for_url("**/networks/connection/?from=aachen&to=palermo")
