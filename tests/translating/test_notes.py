"""What readers are told of a text that is older than its original, or that a machine has written."""

import re
from datetime import UTC, datetime

import pytest
from django.utils import translation

from publishing.languages import LANGUAGES
from publishing.models import Edit, Translation
from publishing.translations import approve, confirm, save_texts
from tests.factories import (
    make_approach,
    make_city,
    make_commitment,
    make_country,
    make_declaration,
    make_event,
    make_initiative,
    make_network,
    make_news,
    make_organisation,
    make_page,
    make_picture,
    make_policy_area,
    make_profile,
)

pytestmark = pytest.mark.django_db
OTHERS = [language for language in LANGUAGES if language != "en"]
NOTE = 'class="translation-note"'


def page(client, record, language="de"):
    with translation.override(language):
        response = client.get(record.get_absolute_url())
    assert response.status_code == 200
    return response.content.decode()


def in_all_languages(field, text):
    return {f"{field}_{language}": f"{text} ({language})" for language in LANGUAGES}


def outdated_rows():
    return Translation.objects.filter(state="outdated")


def test_one_changed_paragraph_is_noticed_in_six_languages_and_nowhere_else(client, editor):
    """The measure of it all: exactly that field, its difference, the notes; and how each is cleared."""
    approach = make_approach(
        **in_all_languages("summary", "<p>Inspiring</p>"),
        **in_all_languages("operation", "<p>One.</p><p>Two.</p>"),
    )
    other = make_approach(**in_all_languages("operation", "<p>Alike</p>"))
    assert not outdated_rows().exists()

    approach.operation_en = "<p>One.</p><p>Three.</p>"
    approach.edit = Edit(editor)
    approach.save()

    assert sorted(outdated_rows().values_list("kind", "record", "field", "language")) == sorted(
        ("approaches.approach", approach.pk, "operation", language) for language in OTHERS
    )
    assert {row.rests_on.text for row in outdated_rows()} == {"<p>One.</p><p>Two.</p> (en)"}
    for language in LANGUAGES:
        assert page(client, approach, language).count(NOTE) == (language != "en"), language
        assert NOTE not in page(client, other, language)

    save_texts(approach, "de", {"operation": "<p>Eins.</p><p>Drei.</p>"}, editor)

    assert sorted(outdated_rows().values_list("language", flat=True)) == sorted(set(OTHERS) - {"de"})
    assert NOTE not in page(client, approach, "de")
    assert page(client, approach, "pl").count(NOTE) == 1

    approach.refresh_from_db()
    approach.summary_en, approach.edit = "<p>Inspiring!</p>", Edit(editor, minor=True)
    approach.save()

    assert sorted(outdated_rows().values_list("language", flat=True)) == sorted(set(OTHERS) - {"de"})
    assert NOTE not in page(client, approach, "de")
    assert page(client, approach, "pl").count(NOTE) == 1


def test_the_note_gives_both_dates_and_leads_to_the_original(client):
    approach = make_approach(summary="<p>Inspiring</p>", summary_pl="<p>Inspirujące</p>")
    Translation.objects.filter(record=approach.pk).update(translated_at=datetime(2025, 6, 2, 12, tzinfo=UTC))
    approach.summary_en = "<p>Very inspiring</p>"
    approach.save()
    Translation.objects.filter(record=approach.pk).update(
        original_changed_at=datetime(2026, 5, 3, 12, tzinfo=UTC)
    )
    approach.outcome_en = "<p>Good</p>"
    approach.save()

    shown = page(client, approach, "pl")

    note = shown.split(NOTE)[1].split("</p>")[0]
    assert "2 czerwca 2025" in note
    assert f'href="/en/approaches/{approach.slug}/"' in note
    assert 'hreflang="en"' in note


def test_a_text_by_machine_says_so_until_a_person_approves_it(client, editor):
    approach = make_approach(summary="<p>Inspiring</p>")
    save_texts(approach, "de", {"summary": "<p>Maschine</p>"}, None, machine=True)
    assert NOTE in page(client, approach)

    approve(Translation.objects.filter(record=approach.pk, language="de", field="summary"), editor)

    assert NOTE not in page(client, approach)
    row = Translation.objects.get(record=approach.pk, language="de", field="summary")
    assert (row.state, row.approved_by) == ("current", editor)


def test_a_change_of_the_original_withdraws_the_approval(client, editor):
    approach = make_approach(summary="<p>Inspiring</p>")
    save_texts(approach, "de", {"summary": "<p>Maschine</p>"}, None, machine=True)
    rows = Translation.objects.filter(record=approach.pk, language="de", field="summary")
    approve(rows, editor)

    approach.refresh_from_db()
    approach.summary_en = "<p>Dull</p>"
    approach.save()

    row = rows.get()
    assert (row.state, row.is_machine, row.approved_by, row.approved_at) == ("outdated", True, None, None)
    with translation.override("en"):
        assert page(client, approach, "de").count(NOTE) == 1
    confirm(rows, editor)
    assert NOTE not in page(client, approach)
    assert rows.get().approved_by == editor


def texts_of_every_kind():
    area = make_policy_area(name_de="Feld", description_de="Was es umfasst")
    return [
        (make_country(name_de="Land"), "name"),
        (make_city(name_en="Town", name_de="Stadt"), "name"),
        (
            make_network(
                name_de="Netz", summary_de="Was es tut", description="<p>D</p>", description_de="<p>B</p>"
            ),
            "name",
        ),
        (make_network(summary_de="Was es tut"), "summary"),
        (make_network(description="<p>D</p>", description_de="<p>B</p>"), "description"),
        (make_organisation(summary_de="Was sie tut"), "summary"),
        (make_initiative(title_de="Vorhaben"), "title"),
        (make_initiative(summary_de="Worum es geht"), "summary"),
        (make_declaration(title_de="Erklärung"), "title"),
        (make_declaration(summary_de="Was sie sagt"), "summary"),
        (area, "name"),
        (area, "description"),
        (make_approach(title_de="Ansatz"), "title"),
        (make_approach(outcome="<p>O</p>", outcome_de="<p>E</p>"), "outcome"),
        (make_commitment(title_de="Zusage"), "title"),
        (make_commitment(summary_de="Was sie zusagt"), "summary"),
        (make_news(title_de="Neues"), "title"),
        (make_news(body_de="<p>Was geschah</p>"), "body"),
        (make_event(title_de="Treffen"), "title"),
        (make_event(description_de="<p>Was geschieht</p>"), "description"),
        (make_page(title_de="Seite"), "title"),
        (make_page("privacy", body_de="<p>Der Text</p>"), "body"),
        (make_profile(subtitle_de="Untertitel"), "subtitle"),
        (make_profile(summary_de="<p>Zusammenfassung</p>"), "summary"),
        (make_profile(strategy="<p>S</p>", strategy_de="<p>S</p>"), "strategy"),
    ]


@pytest.mark.parametrize("number", range(25))
def test_every_kind_of_page_shows_the_note_on_each_of_its_texts(client, number):
    record, field = texts_of_every_kind()[number]
    assert NOTE not in page(client, record)

    setattr(record, f"{field}_en", "Changed")
    record.save()

    assert page(client, record).count(NOTE) == 1
    assert NOTE not in page(client, record, "en")


def test_parts_of_a_profile_have_their_own_notes(client):
    profile = make_profile(takeaways=["First", "Second"], figures=[{"label": "Figure", "label_de": "Zahl"}])
    first, figure = profile.takeaways.first(), profile.key_figures.get()
    first.text_de = "Erstens"
    first.save()

    first.text_en = "Changed"
    first.save()
    figure.label_en = "Changed"
    figure.save()

    shown = page(client, profile)
    assert shown.count(NOTE) == 2
    assert re.search(rf"Erstens\s*<p {NOTE}", shown)


@pytest.mark.parametrize("text", ["alt", "caption", "credit", "licence"])
def test_the_texts_of_a_picture_have_their_notes_wherever_it_is_shown(client, text):
    photo = make_picture(caption="In spring", **{f"{text}_de": "Auf Deutsch"})
    approach = make_approach(picture=photo)
    assert NOTE not in page(client, approach)

    setattr(photo, f"{text}_en", "Changed")
    photo.save()

    assert page(client, approach).count(NOTE) == 1
    assert NOTE not in page(client, approach, "en")


def test_a_text_shown_in_another_language_has_the_note_of_that_language(client):
    approach = make_approach(summary_fr="<p>Inspirant</p>", summary_pl="<p>Inspirujące</p>", summary=None)
    assert approach.original_language == "fr"
    approach.summary_pl = None
    approach.summary_en = "<p>Inspiring</p>"
    approach.save()
    approach.summary_fr = "<p>Autre</p>"
    approach.save()

    assert page(client, approach, "pl").count(NOTE) == 1, "It shows the English text, which is outdated."
    assert NOTE not in page(client, approach, "fr")


def test_what_is_stale_costs_a_page_no_query(
    client, django_assert_num_queries, django_assert_max_num_queries
):
    approach = make_approach(summary="<p>Inspiring</p>", summary_de="<p>Anregend</p>")
    page(client, approach)
    with django_assert_max_num_queries(8) as before:
        page(client, approach)
    approach.summary_en = "<p>Dull</p>"
    approach.save()

    with django_assert_num_queries(len(before)):
        assert NOTE in page(client, approach)


def test_saving_with_an_old_copy_of_the_record_does_not_lose_the_notes(client):
    approach = make_approach(summary="<p>Inspiring</p>", summary_de="<p>Anregend</p>")
    old = type(approach).objects.get(pk=approach.pk)
    approach.summary_en = "<p>Dull</p>"
    approach.save()

    old.refresh_from_db(fields=["summary_en"])
    old.started = "2020"
    old.save()

    assert NOTE in page(client, approach)
