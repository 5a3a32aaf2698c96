"""Nothing that somebody types is lost: not on another tab, not when the session ends, not without the network."""

import pytest
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import expect

from approaches.models import Approach
from publishing.models import Edit
from tests.browser.test_editing import PASSWORD
from tests.browser.waiting import wait_for_draft, wait_for_form

OFFER = ".draft"


@pytest.fixture
def editor(db):
    user = User.objects.create_user("editor", password=PASSWORD, is_staff=True)
    user.groups.add(Group.objects.get(name="Editors"))
    yield user
    user.logentry_set.all().delete()
    user.delete()


@pytest.fixture
def approach(db):
    """An approach of the content, whose texts are put back after the test."""
    approach = Approach.objects.order_by("pk").first()
    texts = {
        "website": approach.website,
        "outcome_de": approach.outcome_de,
        "short_title_en": approach.short_title_en,
    }
    yield approach
    approach.refresh_from_db()
    for column, text in texts.items():
        setattr(approach, column, text)
    approach.edit = Edit(minor=True)
    approach.save()


@pytest.fixture
def form(approach):
    return reverse("admin:approaches_approach_change", args=[approach.pk])


def log_in(page, path):
    page.goto(f"/admin/login/?next={path}")
    sign_in(page, path)


def sign_in(page, path):
    page.locator("#id_username").fill("editor")
    page.locator("#id_password").fill(PASSWORD)
    page.locator("input[type=submit]").click()
    page.wait_for_url(path)
    wait_for_form(page)


def rich_text(page, column):
    return page.locator(f"#tab_id_{column} .tiptap")


def open_tab(page, column):
    page.locator(f'a[href="#tab_id_{column}"]').click()


def write(page):
    """Types into a field and into the rich text of another language."""
    page.locator("#id_website").fill("https://typed.example/")
    open_tab(page, "outcome_de")
    rich_text(page, "outcome_de").click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" Getippt.")


def drafts(page):
    """The names under which the browser keeps drafts."""
    return page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('draft:'))")


def test_what_is_typed_stays_on_another_tab(page, editor, form):
    log_in(page, form)
    write(page)

    open_tab(page, "outcome_pl")
    page.locator("#modeltranslation-main-switch").select_option(label="el")
    open_tab(page, "outcome_de")

    expect(rich_text(page, "outcome_de")).to_contain_text("Getippt.")
    expect(page.locator("#id_website")).to_have_value("https://typed.example/")


def test_what_was_typed_when_the_session_ended_is_offered_after_signing_in(page, editor, approach, form):
    log_in(page, form)
    write(page)
    cookie = next(each for each in page.context.cookies() if each["name"] == settings.SESSION_COOKIE_NAME)
    Session.objects.filter(session_key=cookie["value"]).delete()

    page.locator("input[name=_continue]").first.click()
    page.wait_for_url("**/login/**")
    sign_in(page, form)

    page.locator(OFFER).get_by_role("button", name="Restore it").click()
    expect(page.locator("#id_website")).to_have_value("https://typed.example/")
    open_tab(page, "outcome_de")
    expect(rich_text(page, "outcome_de")).to_contain_text("Getippt.")
    page.locator("input[name=_continue]").first.click()
    page.locator(".messagelist .success").wait_for()
    wait_for_form(page)
    approach.refresh_from_db()
    assert approach.website == "https://typed.example/"
    assert "Getippt." in approach.outcome_de
    assert page.locator(OFFER).count() == 0
    assert drafts(page) == []


def test_a_page_left_by_mistake_offers_what_was_typed_or_forgets_it(page, editor, form):
    log_in(page, form)
    page.locator("#id_website").fill("https://typed.example/")
    wait_for_draft(page)

    page.reload()
    page.locator(OFFER).get_by_role("button", name="Discard it").click()
    expect(page.locator(OFFER)).to_have_count(0)
    page.reload()

    wait_for_form(page)
    assert page.locator(OFFER).count() == 0
    assert drafts(page) == []


def test_a_restored_draft_overwrites_nothing_that_was_saved_meanwhile(page, editor, approach, form):
    log_in(page, form)
    open_tab(page, "short_title_en")
    page.locator("#id_short_title_en").fill("Typed and lost")
    wait_for_draft(page, "Typed and lost")
    approach.short_title_en = "Saved by another"
    approach.edit = Edit(minor=True)
    approach.save()

    page.reload()
    page.locator(OFFER).get_by_role("button", name="Restore it").click()
    page.locator("input[name=_continue]").first.click()

    expect(page.locator(".versions")).to_contain_text("Saved by another")
    expect(page.locator(".versions")).to_contain_text("Typed and lost")


def test_signing_out_leaves_nothing_behind(page, editor, form):
    log_in(page, form)
    page.locator("#id_website").fill("https://typed.example/")
    wait_for_draft(page)

    page.locator("#logout-form button").click()

    page.wait_for_url("**/logout/**")
    assert drafts(page) == []


def test_each_tab_says_the_state_of_its_text(page, editor, approach, form):
    outdated = approach.outcome_en
    try:
        approach.outcome_en = "<p>Another outcome.</p>"
        approach.save()
        log_in(page, form)

        page.locator('a[href="#tab_id_outcome_de"][data-state="outdated"]').wait_for()
        assert "outdated" in page.locator('a[href="#tab_id_outcome_de"]').text_content()
        assert page.locator('a[href="#tab_id_summary_de"]').get_attribute("data-state") == "current"
        assert page.locator('a[href="#tab_id_summary_en"]').get_attribute("data-state") == "original"
        assert (
            page.locator(".languages a", has_text="German")
            .get_attribute("href")
            .startswith("/admin/translate/de/")
        )
    finally:
        approach.outcome_en = outdated
        approach.save()
