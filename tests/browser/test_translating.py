"""The translators' desk in a browser: by keyboard, on a phone, in every language, for two people at once."""

import pytest
from django.contrib.auth.models import Group, User
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import expect

from cities.models import City
from publishing.languages import LANGUAGES
from publishing.models import Edit, Translation, Translator
from tests.browser.keyboard import tab_to
from tests.browser.kinds import path
from tests.browser.waiting import wait_for_draft, wait_for_form
from tests.factories import make_approach

PASSWORD = "a long and invented password"
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 800}
TEXTS = {
    **{f"title_{language}": f"A harbour for all ({language})" for language in LANGUAGES},
    **{f"short_title_{language}": f"A harbour ({language})" for language in LANGUAGES},
    **{f"summary_{language}": f"<p>The city helps whoever comes ({language}).</p>" for language in LANGUAGES},
    "operation_en": "<p>The municipality and civil society work together.</p><ul><li>Advice</li><li>Housing</li></ul>",
}


@pytest.fixture
def approach(db):
    """An approach whose summary has changed since it was translated; how it operates only its original says."""
    record = make_approach(title=None, slug="a-harbour", city=City.objects.get(slug="gdansk"), **TEXTS)
    record.summary_en = "<p>The town helps everybody who comes.</p>"
    record.save()
    yield record
    record.delete()


def person(name, group, *languages):
    user = User.objects.create_user(name, password=PASSWORD, is_staff=True, first_name=name.title())
    user.groups.add(Group.objects.get(name=group))
    Translator.objects.create(user=user, languages=languages)
    return user


@pytest.fixture
def translators(db):
    people = [person("marek", "Translators", "pl"), person("ewa", "Translators", "pl")]
    yield people
    for user in people:
        user.delete()


@pytest.fixture
def editor(db):
    user = person("anna", "Editors")
    yield user
    user.delete()


def sign_in(page, name):
    page.locator("#id_username").fill(name)
    page.locator("#id_password").fill(PASSWORD)
    page.keyboard.press("Enter")
    wait_for_form(page)


def open_desk(page, name, address):
    page.goto(f"/admin/login/?next={address}")
    sign_in(page, name)
    return page


def desk_address(approach, language="pl"):
    return reverse("translating:entry", args=[language, "approaches.approach", approach.pk])


def field(approach, name="summary"):
    return f'[id="text-approaches.approach:{approach.pk}:{name}"]'


def editor_of(page, approach, name="summary"):
    return page.locator(f".prose-editor:has({field(approach, name)}) .ProseMirror[contenteditable]")


def state(approach, name="summary", language="pl"):
    return Translation.objects.get(
        kind="approaches.approach", record=approach.pk, field=name, language=language
    ).state


def test_an_approach_is_translated_from_start_to_finish_by_keyboard_alone(page, approach, translators):
    page.goto("/admin/")
    page.locator("#id_username").focus()
    page.keyboard.type("marek")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.locator(".desk-entrance").wait_for()
    wait_for_form(page)
    tab_to(page, "Polish")
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/translate/pl/")
    tab_to(page, "outdated")
    page.keyboard.press("Enter")
    page.wait_for_url("**state=outdated**")
    tab_to(page, "A harbour for all (en)")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{desk_address(approach)}**")
    editor_of(page, approach).wait_for()
    page.wait_for_load_state("load")
    assert "city" in page.locator(".desk-text--todo del").first.inner_text()
    assert "Gmina" in page.locator(".desk-terms", has_text="Municipality").inner_text()

    tab_to(page, "What is inspiring")
    page.keyboard.press("Enter")
    tab_to_field(page, editor_of(page, approach))
    page.keyboard.press("Control+A")
    page.keyboard.type("Miasto pomaga każdemu, kto przybywa.")
    tab_to_field(page, editor_of(page, approach, "operation"))
    page.keyboard.type("Gmina i społeczeństwo obywatelskie.")
    page.keyboard.press("Control+Enter")
    page.locator(".messagelist .success", has_text="2 texts were saved.").wait_for()

    approach.refresh_from_db()
    assert approach.summary_pl == "<p>Miasto pomaga każdemu, kto przybywa.</p>"
    assert approach.operation_pl == "<p>Gmina i społeczeństwo obywatelskie.</p>"
    assert state(approach) == state(approach, "operation") == "current"
    assert state(approach, language="de") == "outdated"
    assert "state=outdated" in page.url, "The filter stays from one entry to the next."
    page.goto(path("approaches:detail", "pl", slug="a-harbour"))
    assert "Miasto pomaga każdemu" in page.locator("main").inner_text()


def tab_to_field(page, surface, limit=60):
    """Press Tab until the focus is in a field."""
    for _step in range(limit):
        if surface.evaluate("surface => surface === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"The field is not among the first {limit} stops.")


def test_the_tabs_of_a_form_tell_the_states_without_colour(page, editor, approach):
    approach.edit = Edit(machine=True)
    approach.summary_it = "<p>La città aiuta.</p>"
    approach.save()
    open_desk(page, "anna", reverse("admin:approaches_approach_change", args=[approach.pk]))

    def sign(language):
        tab = page.locator(f'a.ui-tabs-anchor[href="#tab_id_summary_{language}"][data-state]')
        return tab.evaluate("tab => getComputedStyle(tab, '::after').content"), tab.text_content().split(
            maxsplit=1
        )[1].strip()

    assert sign("en") == ("none", "original")
    assert sign("de") == ('"!" / ""', "outdated")
    assert sign("it")[0] == '"?" / ""'
    approach.edit = Edit(editor)
    approach.summary_fr = "<p>La ville aide.</p>"
    approach.save()
    page.reload()
    assert sign("fr") == ('"✓" / ""', "up to date")


def test_a_page_that_nobody_touches_saves_nothing(page, approach, translators):
    approach.operation_pl = "<h2>Jak</h2><ul><li>Porady</li></ul><p>Gmina<br>i <em>inni</em>.</p>"
    approach.save()
    open_desk(page, "marek", desk_address(approach))
    editor_of(page, approach).wait_for()

    page.get_by_role("button", name="Save", exact=True).click()

    page.locator(".messagelist", has_text="Nothing was changed.").wait_for()
    assert state(approach) == "outdated"


def test_the_second_person_is_told_and_overwrites_nothing(new_page, approach, translators):
    first = open_desk(new_page(), "marek", desk_address(approach))
    second = open_desk(new_page(), "ewa", desk_address(approach))
    expect(second.locator(".desk-presence")).to_contain_text("Marek has just opened this entry, too.")
    write(second, approach, "Moje zdanie.")
    write(first, approach, "Twoje zdanie.")
    first.get_by_role("button", name="Save", exact=True).click()
    first.locator(".messagelist .success").wait_for()

    second.evaluate("dispatchEvent(new Event('focus'))")
    second.locator(".desk-presence", has_text="Somebody has changed a text of this page").wait_for()
    second.get_by_role("button", name="Save", exact=True).click()
    expect(second.locator(".desk-conflict")).to_contain_text("Twoje")

    approach.refresh_from_db()
    assert approach.summary_pl == "<p>Twoje zdanie.</p>"
    expect(editor_of(second, approach)).to_have_text("Moje zdanie.")
    wait_for_form(second)
    second.get_by_label("Keep mine").check()
    second.get_by_role("button", name="Save", exact=True).click()
    second.locator(".messagelist .success").wait_for()
    approach.refresh_from_db()
    assert approach.summary_pl == "<p>Moje zdanie.</p>"


def write(page, approach, text, name="summary"):
    surface = editor_of(page, approach, name)
    surface.click()
    page.keyboard.press("Control+A")
    page.keyboard.type(text)


def test_an_ended_session_loses_no_typed_text(page, approach, translators):
    open_desk(page, "marek", desk_address(approach))
    write(page, approach, "Nic nie ginie.")
    page.locator(field(approach, "short_title")).fill("Port dla każdego")
    Session.objects.all().delete()

    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url("**/admin/login/**")
    sign_in(page, "marek")
    page.get_by_role("button", name="Restore it").click()
    expect(editor_of(page, approach)).to_have_text("Nic nie ginie.")
    page.get_by_role("button", name="Save", exact=True).click()
    page.locator(".messagelist .success", has_text="2 texts were saved.").wait_for()

    approach.refresh_from_db()
    assert approach.summary_pl == "<p>Nic nie ginie.</p>"
    assert approach.short_title_pl == "Port dla każdego"


def test_whoever_signs_in_again_in_another_tab_can_save(page, approach, translators):
    open_desk(page, "marek", desk_address(approach))
    write(page, approach, "Nic nie ginie.")
    Session.objects.all().delete()
    other = page.context.new_page()
    open_desk(other, "marek", "/admin/")

    page.get_by_role("button", name="Save", exact=True).click()

    page.locator(".messagelist .success", has_text="1 text was saved.").wait_for()


def test_a_lost_connection_is_told_and_loses_no_typed_text(page, approach, translators):
    open_desk(page, "marek", desk_address(approach))
    write(page, approach, "Nic nie ginie.")
    page.route("**/admin/translate/present/**", lambda route: route.fulfill(body="no answer"))
    page.evaluate("dispatchEvent(new Event('focus'))")
    page.locator(".desk-presence", has_text="What you type is kept in this browser.").wait_for()

    wait_for_draft(page, "Nic nie ginie.")
    page.goto("/admin/")
    page.goto(desk_address(approach))
    page.get_by_role("button", name="Restore it").click()

    expect(editor_of(page, approach)).to_have_text("Nic nie ginie.")


def test_the_desk_works_without_scripts(new_page, approach, translators):
    page = new_page(java_script_enabled=False)
    open_desk(page, "marek", desk_address(approach))

    page.locator(field(approach)).fill("<p>Bez skryptów.</p>")
    page.get_by_role("button", name="Save", exact=True).click()

    expect(page.locator(".messagelist .success")).to_contain_text("1 text was saved.")


@pytest.fixture
def pages_of_desk(approach):
    approach.edit = Edit(machine=True)
    approach.short_title_pl = "Port"
    approach.save()
    list_address = reverse("translating:desk", args=["pl"])
    return [
        "/admin/",
        reverse("translating:languages"),
        list_address,
        f"{list_address}?state=all&page=2",
        f"{list_address}?state=machine&country=x",
        desk_address(approach),
        reverse("translating:coverage"),
        "/admin/translate/xx/",
    ]


def test_nothing_is_wider_than_a_phone(new_page, editor, pages_of_desk):
    page = new_page(viewport=PHONE)
    open_desk(page, "anna", "/admin/translate/")

    for address in pages_of_desk:
        page.goto(address)
        page.evaluate(
            "document.fonts.ready"
        )  # the signs of the editor's buttons are words without their font
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= PHONE["width"], f"{address} is {width} pixels wide."


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_in_any_language(new_page, site, axe, editor, approach, pages_of_desk, language):
    viewport = PHONE if language in ("el", "pl") else DESKTOP
    page = new_page(bypass_csp=True, reduced_motion="reduce", viewport=viewport)
    page.context.add_cookies([{"name": "language", "value": language, "url": site}])
    open_desk(page, "anna", "/admin/translate/")

    main = [reverse("translating:desk", args=["pl"]), desk_address(approach), reverse("translating:coverage")]
    for address in pages_of_desk if language == "en" else main:
        page.goto(address)
        assert page.locator("html").get_attribute("lang") == language
        for details in page.locator("details").all():
            details.evaluate("each => each.open = true")
        if address == desk_address(approach):
            editor_of(page, approach).wait_for()
        assert not axe(page), address


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_in_a_conflict(new_page, axe, editor, approach, theme):
    page = new_page(bypass_csp=True, reduced_motion="reduce", color_scheme=theme)
    open_desk(page, "anna", desk_address(approach))
    write(page, approach, "Moje zdanie.")
    page.locator(field(approach, "short_title")).fill("Port")
    approach.summary_pl = "<p>Twoje zdanie.</p>"
    approach.save()

    page.get_by_role("button", name="Save", exact=True).click()
    page.locator(".desk-conflict").wait_for()
    editor_of(page, approach).wait_for()
    wait_for_form(page)

    assert not axe(page)
