"""States for what was not written by saving records: on upgrade, after an import, by a command."""

from importlib import import_module
from io import StringIO

import pytest
import yaml
from django.apps import apps
from django.core.management import call_command
from django.db import connection

from approaches.models import Approach
from publishing.following import refresh
from publishing.languages import LANGUAGES
from publishing.models import Edit, Translation
from tests.factories import make_approach, make_city, make_country, make_network, make_page, make_profile

pytestmark = pytest.mark.django_db
STATE = ["kind", "record", "field", "language", "entry_kind", "entry", "state"]


def stored():
    return sorted(Translation.objects.values_list(*STATE))


def some_records():
    make_profile(
        takeaways=["A takeaway"], figures=[{"label": "A figure", "label_pl": "Liczba"}], summary_de="Hier"
    )
    make_approach(summary="Inspiring", summary_de="Anregend", outcome_fr="Résultat")
    make_network("Harbours", name_pl="Porty")
    make_city("Köln", name_en="Cologne", name_fr="Cologne")


def test_what_a_refresh_finds_out_is_what_saving_has_written():
    some_records()
    before = stored()
    Translation.objects.all().delete()

    refresh()

    assert stored() == before


def test_a_refresh_leaves_what_has_a_state_and_a_second_one_changes_nothing():
    some_records()
    approach = Approach.objects.get()
    approach.summary_en = "Very inspiring"
    approach.save()
    before = list(Translation.objects.order_by("pk").values())

    refresh()
    refresh()

    assert list(Translation.objects.order_by("pk").values()) == before


def test_a_refresh_takes_away_what_belongs_to_nothing():
    approach = make_approach(operation="How")
    approach_pk, before = approach.pk, stored()
    gone = make_approach(operation="How")
    Approach.objects.filter(pk=gone.pk)._raw_delete("default")

    assert Translation.objects.filter(record=gone.pk).exists()
    refresh()

    assert [
        row for row in stored() if row[1] in (approach_pk, gone.pk) and row[0] == "approaches.approach"
    ] == [row for row in before if row[0] == "approaches.approach"]


def test_a_refresh_mends_the_notes_for_readers():
    approach = make_approach(summary="Inspiring", summary_de="Anregend")
    approach.summary_en = "Dull"
    approach.save()
    other = make_approach()
    Approach.objects.filter(pk=approach.pk).update(notes="")
    Approach.objects.filter(pk=other.pk).update(notes="{}")

    refresh()

    before, other_notes = approach.notes, Approach.objects.get(pk=other.pk).notes
    assert (Approach.objects.get(pk=approach.pk).notes, other_notes) == (before, "")


def test_the_command_says_how_many_texts_have_a_state():
    make_page(title="About", body="Text")
    Translation.objects.all().delete()
    out = StringIO()

    call_command("refresh_translations", stdout=out)

    assert f"{2 * (len(LANGUAGES) - 1)} texts" in out.getvalue()


@pytest.mark.parametrize(
    "app", ["cities", "networks", "approaches", "commitments", "news", "pages", "publishing"]
)
def test_the_migration_knows_every_text(app):
    operation = import_module(f"{app}.migrations.0003_translations").Migration.operations[-1]
    some_records()
    before = stored()
    Translation.objects.filter(kind__startswith=f"{app}.").delete()

    with (
        connection.schema_editor(atomic=False) if connection.vendor == "postgresql" else NoEditor() as editor
    ):
        operation.code(apps, editor)
        operation.code(apps, editor)

    assert stored() == before


class NoEditor:
    """A schema editor for SQLite, which allows none inside a transaction."""

    def __enter__(self):
        self.connection = connection
        return self

    def __exit__(self, *error):
        return False


def test_the_migration_makes_the_first_language_with_a_text_the_original():
    operation = import_module("approaches.migrations.0003_translations").Migration.operations[-1]
    approach = make_approach(summary="Inspiring")
    Approach.objects.filter(pk=approach.pk).update(
        summary_en=None, summary_fr="Inspirant", summary_pl="Inspirujące"
    )
    Translation.objects.all().delete()

    operation.code(apps, NoEditor().__enter__())

    approach.refresh_from_db()
    assert approach.original_language == "fr"
    assert {row.language: row.state for row in Translation.objects.filter(field="summary")} == {
        "en": "missing",
        "de": "missing",
        "el": "missing",
        "it": "missing",
        "pl": "current",
        "es": "missing",
    }


# Imports


@pytest.fixture
def content_folder(tmp_path):
    """A folder of content with a profile, and the way to change its entry and import it."""
    country = make_country("Poland", code="PL")
    city = make_city("Gdańsk", country=country)
    make_profile(
        city,
        takeaways=["First", "Second"],
        sources=["One", "Two"],
        subtitle="Open",
        subtitle_de="Offen",
        summary="<p>A summary.</p>",
        summary_de="<p>Zusammengefasst.</p>",
    )
    call_command("export_content", tmp_path, verbosity=0)
    call_command("import_content", tmp_path, verbosity=0)
    path = tmp_path / "cities" / f"{city.slug}.yaml"

    class Folder:
        def change(self, change):
            entry = yaml.safe_load(path.read_text())
            change(entry)
            path.write_text(yaml.safe_dump(entry, allow_unicode=True))
            call_command("import_content", tmp_path, verbosity=0)

    folder = Folder()
    folder.profile = city.profile
    return folder


def states(record, field):
    rows = Translation.objects.filter(kind=record._meta.label_lower, record=record.pk, field=field)
    return dict(rows.values_list("language", "state"))


def test_an_import_makes_translations_outdated_whose_originals_alone_have_changed(content_folder):
    content_folder.change(lambda entry: entry["subtitle"].update(en="Open to all"))

    assert states(content_folder.profile, "subtitle")["de"] == "outdated"
    assert states(content_folder.profile, "summary")["de"] == "current"


def test_an_import_of_both_texts_leaves_the_translation_up_to_date(content_folder):
    content_folder.change(lambda entry: entry["subtitle"].update(en="Open to all", de="Offen für alle"))

    assert states(content_folder.profile, "subtitle")["de"] == "current"


def test_an_import_of_a_part_makes_its_translation_outdated(content_folder):
    content_folder.change(lambda entry: entry["takeaways"][1].update(de="Zweitens"))
    second = content_folder.profile.takeaways.get(text_en="Second")

    content_folder.change(lambda entry: entry["takeaways"][1].update(en="The second"))

    assert states(second, "text")["de"] == "outdated"
    assert content_folder.profile.takeaways.get(pk=second.pk).text_en == "The second"


def test_an_import_keeps_the_states_of_parts_that_stay_as_they_are(content_folder):
    content_folder.change(lambda entry: entry["takeaways"][1].update(de="Zweitens"))
    second = content_folder.profile.takeaways.get(text_en="Second")
    Translation.objects.filter(kind="cities.takeaway", record=second.pk, language="de").update(
        state="outdated"
    )

    content_folder.change(lambda entry: entry["takeaways"].insert(0, {"en": "New"}))

    assert [row.text_en for row in content_folder.profile.takeaways.all()] == ["New", "First", "Second"]
    assert states(second, "text")["de"] == "outdated"


def test_a_source_less_leaves_the_key_figures_in_place(content_folder):
    def with_figures(entry):
        entry["key_figures"] = [figure("One thing", 0), figure("Another", 1)]

    def with_one_source(entry):
        entry["sources"] = entry["sources"][1:]
        entry["key_figures"] = [figure("One thing", 0), figure("Another", 0)]

    content_folder.change(with_figures)
    before = set(content_folder.profile.key_figures.values_list("pk", flat=True))
    content_folder.change(with_one_source)

    assert set(content_folder.profile.key_figures.values_list("pk", flat=True)) == before
    assert {row.source.title for row in content_folder.profile.key_figures.all()} == {"Two"}


def figure(label, source):
    return {
        "label": {"en": label},
        "value": 5,
        "unit": None,
        "share": None,
        "qualifier": None,
        "year": 2020,
    } | {"source": source}


def test_the_original_language_is_written_only_where_it_is_not_english(content_folder, tmp_path):
    path = next((tmp_path / "cities").glob("*.yaml"))
    assert "original_language" not in path.read_text()

    def in_polish(entry):
        entry["original_language"] = "pl"
        entry["subtitle"] = {"pl": "Otwarte", "en": "Open"}
        entry["summary"] = {"pl": "Streszczenie."}
        entry["takeaways"] = [{"pl": "Po pierwsze"}]

    content_folder.change(in_polish)
    content_folder.profile.refresh_from_db()

    assert content_folder.profile.original_language == "pl"
    assert content_folder.profile.takeaways.get().original_language == "pl"
    assert states(content_folder.profile, "subtitle")["en"] == "current"
    assert "pl" not in states(content_folder.profile, "subtitle")
    again = tmp_path / "again"
    call_command("export_content", again, verbosity=0)
    assert yaml.safe_load((again / "cities" / path.name).read_text())["original_language"] == "pl"


def test_saves_of_an_import_do_not_lose_what_a_minor_edit_left_valid(content_folder):
    profile = content_folder.profile
    profile.subtitle_en, profile.edit = "Open.", Edit(minor=True)
    profile.save()

    assert states(profile, "subtitle")["de"] == "current"
