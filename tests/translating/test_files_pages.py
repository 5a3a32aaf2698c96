"""The pages about files: what goes out, what comes back, and everything that can be wrong with it."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from publishing.models import Translation, Translator
from tests.factories import make_approach, make_person
from translating import files
from translating.exports import units_of
from translating.models import Upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def translator():
    return make_person("ewa", "Translators", ["pl"])


@pytest.fixture
def desk(client, translator):
    """A browser in which a translator into Polish has signed in."""
    client.force_login(translator)
    return client


@pytest.fixture
def approach():
    return make_approach(
        title="Library of things",
        title_pl="Biblioteka",
        short_title=None,
        summary="<p>People lend things.</p>",
    )


def file_with(record, format_name="xliff20", **translations):
    """A file in which a translator has written into Polish: summary="…"."""
    units = units_of("pl", [(record._meta.label_lower, record.pk)], only_to_do=False)
    for unit in units:
        if unit.field in translations:
            unit.target, unit.state = translations[unit.field], "current"
    return files.write(units, format_name)


def send(client, data, name="file.xlf", language="pl", **fields):
    upload = SimpleUploadedFile(name, data)
    return client.post(f"/admin/translate/{language}/files/", {"file": upload, **fields}, follow=True)


def confirm(client, page, **fields):
    mark = re.search(r'name="mark" value="(\w+)"', page.content.decode())[1]
    return client.post(page.request["PATH_INFO"], {"action": "confirm", "mark": mark, **fields}, follow=True)


def change(record, **texts):
    fresh = type(record).objects.get(pk=record.pk)
    for column, text in texts.items():
        setattr(fresh, column, text)
    fresh.save()


# Out


@pytest.mark.parametrize(
    ("format_name", "media_type", "ending"),
    [
        ("xliff20", "application/xliff+xml", "xlf"),
        ("xliff12", "application/xliff+xml", "xlf"),
        ("csv", "text/csv; charset=utf-8", "csv"),
    ],
)
def test_the_filter_of_the_list_goes_into_a_file(desk, approach, format_name, media_type, ending):
    page = desk.get(f"/admin/translate/pl/files/export/?kind=approaches.approach&format={format_name}")

    assert page.headers["Content-Type"] == media_type
    name = f"moving-cities-pl-{timezone.localdate()}-1.{ending}"
    assert page.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert b"lend things" in page.content


def test_a_selection_goes_into_a_file_by_way_of_the_page_about_files(desk, approach):
    make_approach("Another")
    chosen = f"approaches.approach:{approach.pk}"

    page = desk.post("/admin/translate/pl/files/", {"action": "choose", "entry": [chosen]}, follow=True)

    assert "1 entry is chosen." in page.content.decode()
    assert f'<input type="hidden" name="entry" value="{chosen}">' in page.content.decode()
    out = desk.get("/admin/translate/pl/files/export/", {"entry": chosen, "format": "csv", "texts": "all"})
    assert out.content.count(b"approaches.approach:") == 2


def test_who_ticks_nothing_gets_what_the_filter_shows(desk, approach):
    make_approach("Another")

    page = desk.post("/admin/translate/pl/files/?kind=approaches.approach", {"action": "choose"}, follow=True)

    assert "2 entries are chosen." in page.content.decode()


def test_the_page_says_how_many_texts_there_are(desk, approach):
    page = desk.get("/admin/translate/pl/files/?kind=approaches.approach").content.decode()

    assert "to do (1)" in page
    assert "all (2)" in page


@pytest.mark.parametrize("query", ["", "format=docx", "format=csv&entry=x", "format=csv&kind=news.news"])
def test_nothing_to_download_is_told(desk, approach, query):
    page = desk.get(f"/admin/translate/pl/files/export/?{query}", follow=True)

    assert "There is nothing to download" in page.content.decode()


def test_too_many_texts_are_told(desk, approach, monkeypatch):
    monkeypatch.setattr("translating.exports.MOST_UNITS", 0)

    page = desk.get("/admin/translate/pl/files/export/?format=csv", follow=True)

    assert "too many for one file" in page.content.decode()


# In


@pytest.mark.parametrize("format_name", files.FORMATS)
def test_a_file_is_shown_first_and_written_when_that_is_confirmed(desk, translator, approach, format_name):
    data = file_with(
        approach, format_name, summary="<p>Ludzie <em>wypożyczają</em>.</p>", title="Biblioteka rzeczy"
    )

    page = send(desk, data)

    assert "Biblioteka <ins>" in page.content.decode()
    approach.refresh_from_db()
    assert approach.summary_pl is None

    done = confirm(desk, page)

    assert "2 texts of the file are saved." in done.content.decode()
    approach.refresh_from_db()
    assert (approach.title_pl, approach.summary_pl) == (
        "Biblioteka rzeczy",
        "<p>Ludzie <em>wypożyczają</em>.</p>",
    )
    assert not Upload.objects.exists()
    row = Translation.objects.get(kind="approaches.approach", field="summary", language="pl")
    assert (row.state, row.translated_by) == ("current", translator)


def test_a_preview_can_be_left_without_a_change(desk, approach):
    page = send(desk, file_with(approach, summary="<p>Ludzie.</p>"))

    desk.post(page.request["PATH_INFO"], {"action": "cancel"})

    approach.refresh_from_db()
    assert approach.summary_pl is None
    assert not Upload.objects.exists()


@pytest.mark.parametrize(
    ("choice", "title"), [("site", "Zmieniona"), ("file", "Z pliku"), (None, "Zmieniona")]
)
def test_a_conflict_shows_all_versions_and_is_decided_by_the_person(desk, approach, choice, title):
    data = file_with(approach, title="Z pliku", summary="<p>Ludzie.</p>")
    change(approach, title_en="Library of tools", title_pl="Zmieniona")
    page = send(desk, data)
    html = page.content.decode()

    assert "in conflict: you decide" in html
    assert re.search(r"Library of <del>.*?things</del>.*?<ins>.*?tools</ins>", html)
    assert "Zmieniona" in html
    assert re.search(r"<ins>.*?Z pliku</ins>", html)

    key = f"choice:approaches.approach:{approach.pk}:title"
    confirm(desk, page, **({key: choice} if choice else {}))

    approach.refresh_from_db()
    assert (approach.title_pl, approach.summary_pl) == (title, "<p>Ludzie.</p>")


def test_what_changed_after_the_preview_is_shown_as_a_conflict_and_nothing_is_written(desk, approach):
    page = send(desk, file_with(approach, title="Z pliku", summary="<p>Ludzie.</p>"))
    change(approach, title_pl="Zmieniona")

    page = confirm(desk, page)

    assert "Texts have changed meanwhile, so nothing has been written." in page.content.decode()
    assert "in conflict: you decide" in page.content.decode()
    approach.refresh_from_db()
    assert (approach.title_pl, approach.summary_pl) == ("Zmieniona", None)

    confirm(desk, page)

    approach.refresh_from_db()
    assert (approach.title_pl, approach.summary_pl) == ("Zmieniona", "<p>Ludzie.</p>")


def test_a_file_that_takes_long_is_written_in_steps(desk, approach, monkeypatch):
    other = make_approach(title="Repair café", short_title=None, summary=None)
    units = units_of("pl", [("approaches.approach", approach.pk), ("approaches.approach", other.pk)])
    for unit in units:
        unit.target, unit.state = "Nowy tekst", "current"
    clock = iter([0, 1, 20, 30, 31])
    monkeypatch.setattr("translating.imports.monotonic", lambda: next(clock))

    page = confirm(desk, send(desk, files.write(units, "csv")))

    assert "1 text of the file is saved." in page.content.decode()
    assert "There was no time for 1 more text. Repeat the step." in page.content.decode()
    assert "1 text of the file is saved." in confirm(desk, page).content.decode()
    assert not Upload.objects.exists()


def test_choices_are_kept_when_paging_through_the_changes(desk, approach):
    data = file_with(approach, title="Z pliku")
    change(approach, title_pl="Zmieniona")
    page = send(desk, data)
    key = f"choice:approaches.approach:{approach.pk}:title"

    page = desk.post(page.request["PATH_INFO"], {"page": "2", key: "file"})

    assert re.search(rf'name="{key}" value="file" checked', page.content.decode())


def test_unfinished_texts_are_taken_if_that_is_wanted(desk, approach):
    data = file_with(approach, summary="<p>Ludzie.</p>").replace(b'state="translated"', b'state="initial"')

    assert "There is nothing to write." in send(desk, data).content.decode()
    page = send(desk, data, takes_unfinished="on")
    assert "1 text of the file is saved." in confirm(desk, page).content.decode()


def test_a_reason_is_given_for_each_text_that_is_refused(desk, approach):
    page = send(desk, file_with(approach, summary="<p>a</p><script>alert(1)</script>", title="x" * 251))
    html = page.content.decode()

    assert "This markup is not allowed here: &lt;script&gt;." in html
    assert "at most 250 characters" in html
    assert "<script>alert" not in html
    confirm(desk, page)
    approach.refresh_from_db()
    assert (approach.title_pl, approach.summary_pl) == ("Biblioteka", None)


def test_markup_of_a_file_is_nowhere_shown_as_such(desk, approach):
    data = file_with(approach, "csv", title="<img src=x onerror=alert(1)>")
    data = data.replace(b"Library of things", b"<svg onload=alert(2)>")
    change(approach, title_pl="Zmieniona")

    html = send(desk, data, name="<b>x.csv").content.decode()

    assert "<img src=x" not in html
    assert "<svg onload" not in html
    assert "<b>x.csv" not in html


BROKEN = {
    b"": "The file is empty.",
    b"<xliff": "The XML of this file is broken in line 1.",
    b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>': "The file defines a document type of its own.",
    b"id,to,original,version\n": "The table has no column “translation”.",
    "id,to,original,translation,version\nż".encode("cp1250"): "The encoding of this file cannot be read.",
    b"PK\x03\x04": "Save a spreadsheet as “CSV UTF-8” first.",
    b"x" * (10 * 2**20 + 1): "The file is larger than 10 MB.",
    b"id,to,original,translation,version\n"
    + b"\n".join(
        b"news.news:%d:title,pl,a,b,-" % number for number in range(21_000)
    ): "more than 20,000 texts",
}


@pytest.mark.parametrize("data", BROKEN, ids=lambda data: BROKEN[data])
def test_a_file_that_cannot_be_read_gets_a_sentence_and_nothing_is_written(desk, approach, data):
    page = send(desk, data)

    assert page.status_code == 400
    assert BROKEN[data] in page.content.decode()
    assert not Upload.objects.exists()


def test_no_file_is_told_too(desk):
    page = desk.post("/admin/translate/pl/files/", {})

    assert page.status_code == 400
    assert "This field is required." in page.content.decode()


def test_a_file_for_another_language_is_refused(desk, approach):
    data = files.write(units_of("el", [("approaches.approach", approach.pk)]), "xliff12")

    assert (
        "The file is for another language (Greek), not for this one (Polish)."
        in send(desk, data).content.decode()
    )


# Rights


@pytest.mark.parametrize("address", ["files/", "files/export/?format=csv"])
def test_files_are_for_ones_own_languages(desk, approach, address):
    assert desk.get(f"/admin/translate/de/{address}").status_code == 403


def test_a_file_is_taken_in_for_ones_own_languages_only(desk, approach):
    assert send(desk, file_with(approach), language="de").status_code == 403
    assert not Upload.objects.exists()


def test_whoever_loses_a_language_after_the_preview_cannot_confirm(desk, translator, approach):
    page = send(desk, file_with(approach, summary="<p>Ludzie.</p>"))
    Translator.objects.update(languages=["de"])

    assert confirm(desk, page).status_code == 403
    approach.refresh_from_db()
    assert approach.summary_pl is None


def test_nobody_sees_or_confirms_the_file_of_somebody_else(desk, approach, client):
    page = send(desk, file_with(approach, summary="<p>Ludzie.</p>"))
    address = page.request["PATH_INFO"]
    client.force_login(make_person("olga", "Translators", ["pl"]))

    assert client.get(address).status_code == 404
    assert confirm(client, page).status_code == 404
    assert client.get(address.replace("/pl/", "/de/")).status_code == 403


def test_strangers_are_asked_to_sign_in(client, approach):
    for address in ["files/", "files/export/", "files/1/"]:
        assert client.get(f"/admin/translate/pl/{address}").status_code == 302


def test_a_file_that_nobody_confirms_is_forgotten_after_a_day(desk, approach):
    send(desk, file_with(approach, summary="<p>Ludzie.</p>"))
    Upload.objects.update(created_at=timezone.now() - timedelta(days=2))

    send(desk, file_with(approach, summary="<p>Ludzie.</p>"))

    assert Upload.objects.count() == 1
