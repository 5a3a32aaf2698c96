"""States of translations follow what people write."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from approaches.models import Approach
from cities.models import KeyFigure, Takeaway
from publishing.kinds import desk_kinds
from publishing.languages import LANGUAGES
from publishing.models import Edit, FormerOriginal, Translation
from publishing.translations import approve, confirm, digest, save_texts
from tests.factories import make_approach, make_city, make_policy_area, make_profile

OTHERS = [language for language in LANGUAGES if language != "en"]
EVERYWHERE = {f"operation_{language}": f"<p>How it works ({language}).</p>" for language in OTHERS}

pytestmark = pytest.mark.django_db


def states(record, field, **conditions):
    """The states of a text by language."""
    rows = Translation.objects.filter(
        kind=record._meta.label_lower, record=record.pk, field=field, **conditions
    )
    return dict(rows.values_list("language", "state"))


def translated_approach(**fields):
    return make_approach(**{"operation": "<p>How it works.</p>"} | EVERYWHERE | fields)


def test_a_new_record_has_a_state_for_each_text_and_language():
    approach = make_approach(summary="Inspiring", summary_de="Anregend")

    assert states(approach, "summary") == dict.fromkeys(OTHERS, "missing") | {"de": "current"}
    assert states(approach, "outcome") == {}, "What the original lacks cannot be translated."


def test_a_change_of_the_original_makes_the_translations_of_that_field_outdated():
    approach = translated_approach(summary_de="Anregend")

    approach.operation_en = "<p>How it works now.</p>"
    approach.save()

    assert states(approach, "operation") == dict.fromkeys(OTHERS, "outdated")
    assert states(approach, "summary")["de"] == "current"
    assert [former.text for former in FormerOriginal.objects.all()] == ["<p>How it works.</p>"]


def test_a_minor_edit_makes_nothing_outdated():
    approach = translated_approach()

    approach.operation_en = "<p>How it works, then.</p>"
    approach.edit = Edit(minor=True)
    approach.save()

    assert states(approach, "operation") == dict.fromkeys(OTHERS, "current")


def row(record, field, language):
    return Translation.objects.get(
        kind=record._meta.label_lower, record=record.pk, field=field, language=language
    )


def change(record, edit=None, **texts):
    """Save a record with other texts."""
    record.refresh_from_db()
    for column, text in texts.items():
        setattr(record, column, text)
    record.edit = edit or Edit()
    record.save()


# What follows from saving


def test_a_translation_that_changes_with_its_original_is_up_to_date():
    approach = translated_approach()

    change(approach, operation_en="<p>New.</p>", operation_de="<p>Neu.</p>")

    assert states(approach, "operation") == dict.fromkeys(OTHERS, "outdated") | {"de": "current"}


def test_a_saved_translation_is_up_to_date_and_clears_one_language_only(editor):
    approach = translated_approach()
    change(approach, operation_en="<p>New.</p>")

    change(approach, Edit(editor), operation_de="<p>Neu.</p>")

    assert states(approach, "operation") == dict.fromkeys(OTHERS, "outdated") | {"de": "current"}
    assert row(approach, "operation", "de").translated_by == editor


def test_what_is_saved_unchanged_changes_no_state():
    approach = translated_approach()
    change(approach, operation_en="<p>New.</p>")
    before = list(Translation.objects.order_by("pk").values())

    change(approach, started="2020")

    assert list(Translation.objects.order_by("pk").values()) == before


def test_the_original_an_outdated_text_rests_on_is_that_of_its_time():
    approach = translated_approach()
    change(approach, operation_en="<p>Second.</p>")
    change(approach, operation_de="<p>Zweitens.</p>")
    change(approach, operation_en="<p>Third.</p>")
    change(approach, operation_en="<p>Fourth.</p>")

    assert row(approach, "operation", "de").rests_on.text == "<p>Second.</p>"
    assert row(approach, "operation", "pl").rests_on.text == "<p>How it works.</p>"
    assert FormerOriginal.objects.count() == 2


def test_former_originals_go_when_nothing_rests_on_them(editor):
    approach = make_approach(operation="<p>One.</p>", operation_de="<p>Eins.</p>", operation_pl="<p>Raz.</p>")
    change(approach, operation_en="<p>Two.</p>")
    change(approach, operation_de="<p>Zwei.</p>")
    assert FormerOriginal.objects.count() == 1

    confirm([row(approach, "operation", "pl")], editor)

    assert FormerOriginal.objects.count() == 0


def test_an_original_that_is_taken_back_leaves_its_translations_valid():
    approach = translated_approach()
    change(approach, operation_en="<p>A mistake.</p>")

    change(approach, operation_en="<p>How it works.</p>")

    assert states(approach, "operation") == dict.fromkeys(OTHERS, "current")
    assert not FormerOriginal.objects.exists()


def test_it_makes_no_difference_whether_that_is_called_a_minor_edit():
    approach = translated_approach()
    change(approach, operation_en="<p>A mistake.</p>")

    change(approach, Edit(minor=True), operation_en="<p>How it works.</p>")

    assert states(approach, "operation") == dict.fromkeys(OTHERS, "current")
    assert not FormerOriginal.objects.exists()


def test_a_minor_edit_leaves_what_is_outdated_on_the_same_original():
    approach = translated_approach()
    change(approach, operation_en="<p>New.</p>")

    change(approach, Edit(minor=True), operation_en="<p>New!</p>")

    assert states(approach, "operation") == dict.fromkeys(OTHERS, "outdated")
    assert row(approach, "operation", "de").rests_on.text == "<p>How it works.</p>"


def test_a_minor_edit_holds_for_one_time():
    approach = translated_approach()
    change(approach, Edit(minor=True), operation_en="<p>New.</p>")

    approach.operation_en = "<p>Newer.</p>"
    approach.save()

    assert states(approach, "operation")["de"] == "outdated"


def test_a_translation_that_is_taken_away_is_missing():
    approach = translated_approach()

    change(approach, operation_de=None)

    gone = row(approach, "operation", "de")
    assert (gone.state, gone.translated_at, gone.is_machine) == ("missing", None, False)


def test_an_original_that_is_taken_away_needs_no_translation():
    approach = translated_approach()
    change(approach, operation_en="<p>New.</p>")

    change(approach, operation_en=None)

    assert states(approach, "operation") == {}
    assert not FormerOriginal.objects.exists()


def test_an_original_that_is_written_later_does_not_outdate_what_was_there():
    approach = make_approach(operation_de="<p>Wie</p>")

    change(approach, operation_en="<p>How</p>")

    assert states(approach, "operation") == dict.fromkeys(OTHERS, "missing") | {"de": "current"}


def test_markup_that_is_cleaned_away_is_no_change():
    approach = translated_approach()

    change(approach, operation_en='<p style="color: red">How it works.</p>')

    assert states(approach, "operation") == dict.fromkeys(OTHERS, "current")


def test_saving_some_fields_only_follows_those():
    approach = translated_approach()

    approach.operation_en = "<p>Not saved.</p>"
    approach.summary_en = "<p>Saved.</p>"
    approach.save(update_fields=["summary_en"])

    assert states(approach, "operation") == dict.fromkeys(OTHERS, "current")


def test_another_original_language_turns_the_states_round():
    approach = make_approach(
        summary="<p>Inspiring</p>", summary_pl="<p>Inspirujące</p>", summary_de="<p>Anregend</p>"
    )
    change(approach, summary_en="<p>Other</p>")

    change(approach, original_language="pl")

    assert states(approach, "summary") == {
        "en": "current",
        "fr": "missing",
        "de": "outdated",
        "el": "missing",
        "it": "missing",
        "es": "missing",
    }


def test_a_new_record_without_english_has_the_language_it_is_written_in():
    approach = make_approach(summary=None, summary_el="<p>Εμπνευσμένο</p>", summary_pl="<p>Inspirujące</p>")

    assert approach.original_language == "el"
    assert states(approach, "summary")["pl"] == "current"


def test_a_part_has_the_original_language_of_its_record():
    profile = make_profile(summary=None, summary_pl="<p>Polski</p>", subtitle_pl="Polski")

    takeaway = profile.takeaways.create(text_pl="Po pierwsze")

    assert (profile.original_language, takeaway.original_language) == ("pl", "pl")
    assert states(takeaway, "text")["en"] == "missing"


def test_a_part_is_listed_under_its_record():
    profile = make_profile(takeaways=["First"])

    entry = (
        Translation.objects.filter(kind="cities.takeaway").values_list("entry_kind", "entry").distinct().get()
    )

    assert entry == ("cities.profile", profile.pk)


def test_a_city_without_a_name_in_a_language_goes_by_its_official_one_and_lacks_nothing():
    city = make_city("Köln", name_en="Cologne", name_pl="Kolonia")

    assert states(city, "name") == {"pl": "current"}


def test_a_deleted_record_leaves_no_states(editor):
    profile = make_profile(takeaways=["First"], summary_de="<p>Deutsch</p>")
    change(profile, summary_en="<p>Other</p>")

    profile.key_figures.all().delete()
    profile.delete()

    kinds = ["cities.profile", "cities.takeaway", "cities.keyfigure"]
    assert not Translation.objects.filter(kind__in=kinds).exists()
    assert not FormerOriginal.objects.exists()


def test_every_kind_of_text_is_known():
    assert set(desk_kinds()) == {
        "publishing.picture",
        "cities.country",
        "cities.city",
        "cities.profile",
        "cities.takeaway",
        "cities.keyfigure",
        "networks.network",
        "networks.organisation",
        "networks.initiative",
        "networks.declaration",
        "approaches.policyarea",
        "approaches.approach",
        "commitments.commitment",
        "news.news",
        "news.event",
        "pages.page",
    }
    assert [kind.owner for kind in desk_kinds().values() if kind.model in (Takeaway, KeyFigure)] == [
        "cities.profile"
    ] * 2


# What saving costs


@pytest.mark.parametrize("others", [0, 20])
def test_saving_an_original_costs_the_same_however_much_there_is(django_assert_num_queries, others):
    approach = translated_approach(summary_de="<p>Anregend</p>")
    for _number in range(others):
        change(translated_approach(), operation_en="<p>New.</p>")
    approach.operation_en = "<p>New.</p>"

    with django_assert_num_queries(9):
        approach.save()


def test_saving_other_fields_costs_one_query_more_than_without_translations(django_assert_num_queries):
    approach = translated_approach()
    approach.started = "2020"

    with django_assert_num_queries(3):
        approach.save()


# Confirming


def outdated(**fields):
    approach = make_approach(operation="<p>One.</p>", operation_de="<p>Eins.</p>", **fields)
    change(approach, operation_en="<p>Two.</p>")
    return approach


def test_a_text_that_is_still_valid_is_up_to_date(translator):
    approach = outdated()

    assert confirm([row(approach, "operation", "de")], translator) == []

    confirmed = row(approach, "operation", "de")
    assert (confirmed.state, confirmed.translated_by, confirmed.rests_on) == ("current", translator, None)
    approach.refresh_from_db()
    assert approach.notes == ""


def test_nobody_confirms_what_has_changed_meanwhile(translator):
    approach = outdated()
    seen = {row(approach, "operation", "de").pk: (digest("<p>Two.</p>"), digest("<p>Eins.</p>"))}
    change(approach, operation_en="<p>Three.</p>")

    [conflict] = confirm([row(approach, "operation", "de")], translator, seen)

    assert (conflict.field, conflict.original, conflict.theirs) == (
        "operation",
        "<p>Three.</p>",
        "<p>Eins.</p>",
    )
    assert row(approach, "operation", "de").state == "outdated"


def test_one_text_that_has_changed_keeps_all_from_being_confirmed(translator):
    approach, other = outdated(), outdated()
    rows = [row(approach, "operation", "de"), row(other, "operation", "de")]
    seen = {each.pk: (digest("<p>Two.</p>"), digest("<p>Eins.</p>")) for each in rows}
    change(other, operation_en="<p>Three.</p>")

    assert len(confirm(rows, translator, seen)) == 1
    assert row(approach, "operation", "de").state == "outdated"


def test_nobody_confirms_another_language(translator):
    approach = outdated(operation_fr="<p>Un.</p>")

    with pytest.raises(PermissionDenied):
        confirm(Translation.objects.filter(state="outdated"), translator)

    assert row(approach, "operation", "de").state == "outdated"


def test_what_is_missing_cannot_be_confirmed(editor):
    approach = outdated()

    confirm([row(approach, "operation", "pl")], editor)

    assert row(approach, "operation", "pl").state == "missing"


def by_machine():
    approach = make_approach(operation="<p>One.</p>")
    save_texts(approach, "de", {"operation": "<p>Maschine.</p>"}, None, machine=True)
    return approach


def test_a_translator_approves_nothing(translator):
    approach = by_machine()

    for act in (approve, confirm):
        with pytest.raises(PermissionDenied):
            act([row(approach, "operation", "de")], translator)

    assert row(approach, "operation", "de").state == "machine"


def test_an_editor_answers_for_a_text_by_machine(editor):
    approach = by_machine()

    approve([row(approach, "operation", "de")], editor)

    approved = row(approach, "operation", "de")
    assert (approved.state, approved.is_machine, approved.approved_by) == ("current", False, editor)


def test_a_text_that_a_person_writes_over_one_by_machine_is_theirs(translator):
    approach = by_machine()

    save_texts(approach, "de", {"operation": "<p>Von mir.</p>"}, translator)

    written = row(approach, "operation", "de")
    assert (written.state, written.is_machine, written.translated_by) == ("current", False, translator)


# Writing


def test_texts_are_written_in_the_languages_of_a_person_only(translator):
    approach = make_approach(operation="<p>One.</p>")

    for language in ("fr", "en"):
        with pytest.raises(PermissionDenied):
            save_texts(approach, language, {"operation": "<p>Un.</p>"}, translator)

    approach.refresh_from_db()
    assert approach.operation_fr is None


def test_nobody_writes_for_nobody_but_a_machine():
    with pytest.raises(PermissionDenied):
        save_texts(make_approach(), "de", {"summary": "<p>Text</p>"}, None)


def test_an_original_is_not_written_as_a_translation_even_by_an_editor(editor):
    approach = make_approach(summary=None, summary_pl="<p>Polski</p>")

    with pytest.raises(PermissionDenied):
        save_texts(approach, "pl", {"summary": "<p>Inaczej</p>"}, editor)


def test_nothing_is_overwritten_that_has_changed_meanwhile(translator):
    approach = make_approach(operation="<p>One.</p>", operation_de="<p>Eins.</p>")
    seen = {"operation": (digest("<p>One.</p>"), digest("<p>Eins.</p>"))}
    change(approach, operation_de="<p>Eins!</p>")

    [conflict] = save_texts(
        approach,
        "de",
        {"operation": "<p>Ein.</p>", "summary": "<p>Anregend</p>"},
        translator,
        seen | {"summary": (digest(approach.summary_en), digest(""))},
    )

    assert conflict == ("operation", "<p>One.</p>", "<p>Eins!</p>", "<p>Ein.</p>")
    approach.refresh_from_db()
    assert (approach.operation_de, approach.summary_de) == ("<p>Eins!</p>", None)


def test_who_writes_the_same_as_the_other_is_in_no_conflict(translator):
    approach = make_approach(operation="<p>One.</p>")
    seen = {"operation": (digest("<p>One.</p>"), digest(""))}
    change(approach, operation_de="<p>Eins.</p>")

    assert save_texts(approach, "de", {"operation": "<p>Eins.</p>"}, translator, seen) == []


def test_rich_text_is_cleaned_and_lines_end_as_the_site_ends_them(translator):
    approach = make_approach(operation="<p>One.</p>")
    area = make_policy_area()

    save_texts(approach, "de", {"operation": "<p onclick=x>Eins.<script>1</script></p>\r\n"}, translator)
    save_texts(area, "de", {"description": " Erste Zeile\r\nZweite "}, translator)

    approach.refresh_from_db()
    area.refresh_from_db()
    assert approach.operation_de == "<p>Eins.</p>"
    assert area.description_de == "Erste Zeile\nZweite"


@pytest.mark.parametrize(
    "texts", [{"short_title": "x" * 81}, {"title": "a\0b"}, {"slug": "other"}, {"sort_name": "x"}, {"": "x"}]
)
def test_what_cannot_be_stored_is_refused_with_the_field_it_is_about(translator, texts):
    approach = make_approach()

    with pytest.raises(ValidationError) as refused:
        save_texts(approach, "de", {"summary": "<p>Gut</p>"} | texts, translator)

    assert set(refused.value.message_dict) == set(texts)
    assert Approach.objects.get().summary_de is None


def test_the_history_names_who_wrote_a_text_of_a_part(translator):
    profile = make_profile(takeaways=["First"])

    save_texts(profile.takeaways.get(), "de", {"text": "Erstens"}, translator)

    [entry] = translator.logentry_set.all()
    assert entry.object_id == str(profile.pk)
    assert "key takeaway" in entry.get_change_message()
