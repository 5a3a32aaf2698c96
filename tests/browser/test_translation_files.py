"""A translator's file, from the work list and back into the site."""

import pytest
from django.contrib.auth.models import Group, User
from playwright.sync_api import expect

from approaches.models import Approach
from publishing.models import Translation, Translator
from tests.browser.kinds import path as path_of
from tests.browser.waiting import wait_for_form

PASSWORD = "a long and invented password"
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 800}


@pytest.fixture
def translator(db):
    user = User.objects.create_user("ewa", password=PASSWORD, is_staff=True)
    user.groups.add(Group.objects.get(name="Translators"))
    Translator.objects.create(user=user, languages=["pl"])
    yield user
    user.delete()


@pytest.fixture
def approach(db):
    """An approach of the directory whose Polish summary is missing and whose Polish title is not."""
    found = Approach.objects.exclude(title_pl=None).exclude(summary_pl=None).order_by("pk").first()
    texts = {name: getattr(found, name) for name in ("title_en", "title_pl", "summary_pl")}
    write(found, summary_pl=None)
    yield found
    write(found, **texts)
    Translation.objects.filter(kind="approaches.approach", record=found.pk, language="pl").update(
        state="current"
    )


def write(record, **texts):
    fresh = type(record).objects.get(pk=record.pk)
    for column, text in texts.items():
        setattr(fresh, column, text)
    fresh.save()
    for column in texts:
        setattr(record, column, getattr(fresh, column))


def sign_in(page):
    page.goto("/admin/")
    page.locator("#id_username").fill("ewa")
    page.locator("#id_password").fill(PASSWORD)
    page.locator("input[type=submit]").click()
    wait_for_form(page)


def download(page, path):
    """Choose the only entry of the list that lacks something, and save the file of all its texts."""
    page.goto("/admin/translate/pl/?state=missing&kind=approaches.approach")
    page.locator("input[name=entry]").first.check()
    page.get_by_role("button", name="File of the selection").click()
    page.get_by_label("all (").check()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download").click()
    waiting.value.save_as(path)
    assert waiting.value.suggested_filename.startswith("moving-cities-pl-")


def translate(path, approach):
    """What a translator's program does: it fills a target, rewrites another one, and says that both are done."""
    text = path.read_text()
    source, rest = text.split(f'id="approaches.approach:{approach.pk}:summary"')[1].split("</source>", 1)
    source = source.partition("<source>")[2]
    start = text.index(f"<source>{source}</source>")
    inner = source.partition(">")[2].partition("</pc>")[0]
    target = source.replace(inner, "Mieszkańcy pożyczają rzeczy &amp; wiedzę.")
    text = (
        text[:start].rstrip().removesuffix("<segment>")
        + f'<segment state="translated"><source>{source}</source><target>{target}</target>'
        + rest
    )
    assert approach.title_pl in text
    path.write_text(text.replace(approach.title_pl, f"{approach.title_pl} z pliku"))


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_a_file_with_one_conflict_goes_out_and_comes_back(
    new_page, axe, translator, approach, tmp_path, viewport
):
    page = new_page(viewport=viewport, accept_downloads=True, reduced_motion="reduce")
    path = tmp_path / "texts.xlf"
    title = approach.title_pl
    sign_in(page)
    download(page, path)
    assert not axe(page)
    translate(path, approach)
    write(approach, title_pl=f"{title} ze strony")

    page.locator("input[type=file]").set_input_files(path)
    page.get_by_role("button", name="Show what it changes").click()

    expect(page.locator(".file-counts")).to_contain_text("in conflict: you decide")
    conflict = page.locator(".file-text--conflict")
    expect(conflict).to_have_count(1)
    expect(conflict).to_contain_text("ze strony")
    expect(conflict.locator("ins")).to_contain_text("z pliku")
    expect(conflict.get_by_label("Keep the text of the site")).to_be_checked()
    page.wait_for_load_state("load")
    assert not axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    approach.refresh_from_db()
    assert approach.summary_pl is None

    conflict.get_by_label("Take the text of the file").check()
    page.get_by_role("button", name="Write these changes").click()

    expect(page.locator(".messagelist .success")).to_contain_text("2 texts of the file are saved.")
    approach.refresh_from_db()
    assert approach.title_pl == f"{title} z pliku"
    assert "Mieszkańcy pożyczają rzeczy &amp; wiedzę." in approach.summary_pl
    page.goto(path_of("approaches:detail", "pl", slug=approach.slug))
    expect(page.locator("main")).to_contain_text("Mieszkańcy pożyczają rzeczy & wiedzę.")
