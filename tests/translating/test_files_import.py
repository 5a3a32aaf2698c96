"""From the site into a file and back: what a file would change is told, and only that is written."""

import pytest
from django.core.exceptions import PermissionDenied

from publishing.models import Edit, Translation
from publishing.translations import confirm
from tests.factories import make_approach, make_key_figure, make_person, make_profile
from translating import files
from translating.exports import TooMany, file_of, units_of
from translating.files.units import Unreadable
from translating.imports import Comparison, Meanwhile, units_in, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def translator():
    return make_person("ewa", "Translators", ["pl"])


@pytest.fixture
def approach():
    return make_approach(
        title="Library of things",
        short_title=None,
        title_pl="Biblioteka rzeczy",
        summary="<p>People <strong>lend</strong> things.</p>",
        operation="<p>It opens daily.</p>",
        operation_pl="<p>Otwarta codziennie.</p>",
    )


def export(record, language="pl", format_name="xliff20", only_to_do=False):
    return files.write(units_of(language, [(record._meta.label_lower, record.pk)], only_to_do), format_name)


def filled(record, translations, **options):
    """A file of a record in which a translator has written: {"summary": "…"}."""
    units = units_of("pl", [(record._meta.label_lower, record.pk)], only_to_do=False)
    for unit in units:
        if unit.field in translations:
            unit.target, unit.state = translations[unit.field], "current"
    return files.write(units, options.get("format_name", "xliff20"))


def compare(data, language="pl", **options):
    return Comparison(units_in(data, language), language, **options)


def outcomes(data, **options):
    return {item.unit.field: item.outcome for item in compare(data, **options).items}


def take_in(data, user, language="pl", chosen=()):
    units = units_in(data, language)
    return write(units, language, user, Comparison(units, language).mark, chosen).written


def change(record, **texts):
    """Somebody changes a record meanwhile."""
    fresh = type(record).objects.get(pk=record.pk)
    for column, text in texts.items():
        setattr(fresh, column, text)
    fresh.save()


def state(record, field, language="pl"):
    return Translation.objects.get(
        kind=record._meta.label_lower, record=record.pk, field=field, language=language
    ).state


# Into a file


def test_a_file_has_the_texts_to_do_or_all(approach):
    entry = [("approaches.approach", approach.pk)]

    assert {unit.field for unit in units_of("pl", entry)} == {"summary"}
    assert {unit.field for unit in units_of("pl", entry, only_to_do=False)} == {
        "title",
        "summary",
        "operation",
    }


def test_a_file_has_an_entry_before_its_parts_in_the_order_of_the_form():
    profile = make_profile(takeaways=["First", "Second"], figures=[{"label": "People"}])

    units = units_of("pl", [("cities.profile", profile.pk)])

    assert [(unit.kind, unit.source) for unit in units] == [
        ("cities.profile", "A subtitle"),
        ("cities.profile", "<p>A summary of the city.</p>"),
        ("cities.takeaway", "First"),
        ("cities.takeaway", "Second"),
        ("cities.keyfigure", "People"),
    ]
    assert {unit.entry for unit in units} == {profile.city.local_name}


def test_a_unit_tells_what_the_translator_has_to_know(approach):
    (unit,) = units_of("pl", [("approaches.approach", approach.pk)])

    assert (unit.source_language, unit.language, unit.entry) == ("en", "pl", "Library of things")
    assert unit.notes[0] == "Local approach: what is inspiring"


def test_originals_in_several_languages_make_several_files(approach):
    other = make_approach(summary=None, title_de="Häfen", summary_de="Ein Netzwerk", original_language="de")
    units = units_of("pl", [("approaches.approach", approach.pk), ("approaches.approach", other.pk)])

    name, media_type, _content = file_of(units, "xliff12", "pl")

    assert (name.rpartition(".")[2], media_type) == ("zip", "application/zip")
    assert file_of(units, "csv", "pl")[0].endswith(f"-{len(units)}.csv")


def test_more_texts_than_a_file_may_have_are_told_in_a_sentence(approach, monkeypatch):
    monkeypatch.setattr("translating.exports.MOST_UNITS", 0)

    with pytest.raises(TooMany, match="too many for one file"):
        units_of("pl", [("approaches.approach", approach.pk)])


def test_building_a_file_asks_the_same_number_of_questions_for_many_entries(django_assert_max_num_queries):
    entries = [("approaches.approach", make_approach().pk) for _number in range(20)]

    with django_assert_max_num_queries(5):
        assert len({unit.record for unit in units_of("pl", entries)}) == 20


# What a file would change


@pytest.mark.parametrize("format_name", files.FORMATS)
def test_a_file_that_comes_back_as_it_went_changes_nothing(approach, format_name):
    data = export(approach, format_name=format_name)

    assert outcomes(data) == {"title": "same", "summary": "unfinished", "operation": "same"}


@pytest.mark.parametrize("format_name", files.FORMATS)
def test_what_was_translated_is_new_and_what_was_rewritten_is_a_change(approach, translator, format_name):
    rich = "<p>Ludzie <strong>wypożyczają</strong> rzeczy.</p>"
    data = filled(approach, {"title": "Biblioteka", "summary": rich}, format_name=format_name)

    assert outcomes(data) == {"title": "changed", "summary": "new", "operation": "same"}
    assert take_in(data, translator) == 2
    approach.refresh_from_db()
    assert (approach.title_pl, approach.summary_pl) == ("Biblioteka", rich)
    assert state(approach, "summary") == "current"
    row = Translation.objects.get(record=approach.pk, field="summary", language="pl")
    assert row.translated_by == translator


def test_texts_of_parts_come_back_too(translator):
    profile = make_profile(takeaways=["First"])
    figure = make_key_figure(profile, label="People")
    units = units_of("pl", [("cities.profile", profile.pk)])
    for unit in units:
        unit.target = {"First": "Pierwszy", "People": "Ludzie"}.get(unit.source, "")

    assert take_in(files.write(units, "csv"), translator) == 2
    figure.refresh_from_db()
    assert (profile.takeaways.get().text_pl, figure.label_pl) == ("Pierwszy", "Ludzie")


def test_what_the_file_calls_unfinished_is_left_out_unless_it_is_wanted(approach):
    change(approach, operation_en="<p>It opens late.</p>")
    data = export(approach).replace(b"codziennie", b"zawsze")

    assert outcomes(data)["operation"] == "unfinished"
    assert outcomes(data, takes_unfinished=True)["operation"] == "changed"


@pytest.mark.parametrize("wordless", [" ", "<p></p>", "<p>&nbsp;</p>"])
def test_a_translation_without_a_word_is_none(approach, wordless):
    units = units_of("pl", [("approaches.approach", approach.pk)], only_to_do=False)
    for unit in units:
        if unit.field == "operation":
            unit.target = wordless

    assert outcomes(files.write(units, "csv"))["operation"] == "unfinished"


def test_an_outdated_text_that_comes_back_finished_and_unchanged_is_valid(approach, translator):
    change(approach, operation_en="<p>It opens late.</p>")
    data = export(approach).replace(b'state="initial" subState="mc:outdated"', b'state="final"')

    assert outcomes(data)["operation"] == "valid"
    assert take_in(data, translator) == 1
    assert state(approach, "operation") == "current"


def test_a_file_never_approves_what_a_machine_wrote(approach):
    approach.summary_pl = "<p>Ludzie pożyczają.</p>"
    approach.edit = Edit(machine=True)
    approach.save()
    data = export(approach).replace(b'state="initial" subState="mc:machine"', b'state="final"')

    assert outcomes(data)["summary"] == "same"
    assert take_in(data, make_person("anna", "Editors")) == 0
    assert state(approach, "summary") == "machine"


def test_a_long_file_is_written_in_several_steps(translator, monkeypatch):
    approaches = [make_approach(short_title=None, summary=None) for _number in range(3)]
    units = units_of("pl", [("approaches.approach", approach.pk) for approach in approaches])
    for unit in units:
        unit.target = f"Tytuł {unit.record}"
    clock = iter([0, 1, 20, 30, 31, 32])
    monkeypatch.setattr("translating.imports.monotonic", lambda: next(clock))
    mark = Comparison(units, "pl").mark

    assert write(units, "pl", translator, mark, seconds=5) == (1, 2)
    assert write(units, "pl", translator, mark, seconds=5) == (2, 0)


# Conflicts


def conflicting(approach):
    """A file whose text for the summary is in conflict with what somebody wrote meanwhile."""
    data = filled(approach, {"summary": "<p>Z pliku.</p>", "title": "Z pliku"})
    change(approach, summary_pl="<p>Ze strony.</p>")
    return data


def test_a_translation_that_changed_meanwhile_is_a_conflict_and_stays(approach, translator):
    data = conflicting(approach)

    assert outcomes(data) == {"title": "changed", "summary": "conflict", "operation": "same"}
    assert take_in(data, translator) == 1
    approach.refresh_from_db()
    assert (approach.title_pl, approach.summary_pl) == ("Z pliku", "<p>Ze strony.</p>")


def test_an_original_that_changed_meanwhile_is_a_conflict(approach):
    data = filled(approach, {"summary": "<p>Z pliku.</p>"})
    change(approach, summary_en="<p>People borrow things.</p>")

    (conflict,) = compare(data).of("conflict")

    assert conflict.original_has_changed
    assert "<del>" in conflict.original_shown
    assert "lend" in conflict.original_shown


def test_who_settles_a_conflict_for_the_file_writes_its_text(approach, translator):
    data = conflicting(approach)

    assert take_in(data, translator, chosen={f"approaches.approach:{approach.pk}:summary"}) == 2
    approach.refresh_from_db()
    assert approach.summary_pl == "<p>Z pliku.</p>"
    assert state(approach, "summary") == "current"


@pytest.mark.parametrize(
    "texts", [{"title_pl": "Inna"}, {"title_en": "Another"}, {"summary_pl": "<p>Jeszcze inna.</p>"}]
)
def test_what_changes_between_preview_and_confirmation_writes_nothing(approach, translator, texts):
    units = units_in(conflicting(approach), "pl")
    mark = Comparison(units, "pl").mark
    change(approach, **texts)

    with pytest.raises(Meanwhile):
        write(units, "pl", translator, mark, chosen={f"approaches.approach:{approach.pk}:summary"})

    approach.refresh_from_db()
    assert approach.title_pl == texts.get("title_pl", "Biblioteka rzeczy")


def test_a_file_without_digests_overwrites_no_translation_in_silence(approach):
    data = filled(approach, {"title": "Inna", "summary": "<p>Nowa.</p>"})
    data = data.replace(b"mc:version=", b"mc:other=")

    assert outcomes(data) == {"title": "conflict", "summary": "new", "operation": "same"}


def test_two_who_write_the_same_are_in_no_conflict(approach):
    data = filled(approach, {"summary": "<p>To samo.</p>"})
    change(approach, summary_pl="<p>To samo.</p>")

    assert outcomes(data)["summary"] == "same"


# Rights


def test_a_file_for_a_language_that_is_not_ones_own_is_not_written(approach):
    data = filled(approach, {"summary": "<p>Nowa.</p>"})

    with pytest.raises(PermissionDenied):
        take_in(data, make_person("ewa", "Translators", ["el"]))

    approach.refresh_from_db()
    assert approach.summary_pl is None


def test_a_row_in_another_language_is_refused_by_itself(approach):
    data = files.write(
        [
            unit
            for language in ("pl", "el")
            for unit in units_of(language, [("approaches.approach", approach.pk)], only_to_do=False)
        ],
        "csv",
    )

    refused = [item.reason for item in compare(data).of("refused")]

    assert refused == ["It is for another language."] * 3


def test_an_original_cannot_be_changed_by_a_file(approach):
    units = units_of("pl", [("approaches.approach", approach.pk)], only_to_do=False)
    for unit in units:
        unit.language, unit.target = "en", "Another"

    (first, *_others) = compare(files.write(units, "csv"), language="en").items

    assert first.reason == "The site has no such text to translate into this language."


def test_confirming_asks_for_the_right_as_well(approach):
    change(approach, operation_en="<p>It opens late.</p>")
    row = Translation.objects.get(record=approach.pk, field="operation", language="pl")

    with pytest.raises(PermissionDenied):
        confirm([row], make_person("ewa", "Translators", ["el"]))


# Bad input


def test_a_file_for_another_language_is_refused(approach):
    with pytest.raises(Unreadable, match=r"another language \(Greek\), not for this one \(Polish\)"):
        units_in(export(approach, "el"), "pl")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("approaches.approach:{pk}:title", "approaches.approach:999999:title"),
        ("approaches.approach:{pk}:title", "auth.user:{pk}:password"),
        ("approaches.approach:{pk}:title", "approaches.approach:{pk}:slug"),
        ("approaches.approach:{pk}:title", "approaches.approach:{pk}:outcome"),
        ("approaches.approach:{pk}:title", "approaches.approach:999999999999999999:title"),
    ],
)
def test_a_text_that_the_site_does_not_have_is_refused(approach, old, new):
    data = export(approach).replace(old.format(pk=approach.pk).encode(), new.format(pk=approach.pk).encode())

    (refused,) = compare(data).of("refused")

    assert refused.reason == "The site has no such text to translate into this language."


@pytest.mark.parametrize(
    ("field", "text", "reason"),
    [
        ("title", "x" * 251, "Ensure this value has at most 250 characters (it has 251)."),
        ("title", "<b>Tytuł</b>", "This markup is not allowed here: <b>."),
        ("summary", "<p>" + "x" * 100_000 + "</p>", "It is longer than 100,000 characters."),
        ("summary", "<p>a<script>alert(1)</script></p>", "This markup is not allowed here: <script>."),
        ("summary", '<p onclick="x">a</p>', 'This markup is not allowed here: <p onclick="x">.'),
        ("title", "=1+1", "It starts like a formula of a spreadsheet, or is the error of one."),
    ],
)
def test_a_text_that_cannot_be_taken_is_refused_with_a_reason(approach, translator, field, text, reason):
    data = filled(approach, {field: "NEW TEXT"}, format_name="csv")
    data = data.replace(b"NEW TEXT", '"{}"'.format(text.replace('"', '""')).encode())

    (refused,) = compare(data).of("refused")

    assert refused.reason == reason
    assert take_in(data, translator) == 0
