"""Who may change what in the forms of the admin, on the server, whatever a browser sends."""

import re

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from publishing.models import Edit, Publishable, Translated, Translation
from publishing.translations import languages_of, may_approve, may_translate
from tests.admin.conftest import as_sent
from tests.admin.test_every_form import KINDS, address, stored
from tests.factories import make_approach as make_any_approach
from tests.factories import make_policy_area, make_profile

pytestmark = pytest.mark.django_db


def make_approach(**fields):
    return make_any_approach(policy_areas=[make_policy_area()], **fields)


def form_of(record):
    return address(type(record), "change", record.pk)


def test_a_translator_has_the_languages_that_were_chosen(translator, editor, admin_user):
    assert languages_of(translator) == ("de", "pl")
    assert may_translate(translator, "de")
    assert not may_translate(translator, "fr")
    assert not may_approve(translator)
    assert may_translate(editor, "fr")
    assert may_approve(editor)
    assert may_approve(admin_user)


def test_somebody_who_is_no_longer_active_translates_nothing(translator):
    translator.is_active = False

    assert languages_of(translator) == ()


def test_a_translator_writes_a_text_of_an_own_language(send, translator):
    approach = make_approach(summary="<p>Inspiring</p>")

    response = send(translator, form_of(approach), summary_de="<p>Anregend</p>")

    assert response.status_code == 302
    approach.refresh_from_db()
    assert approach.summary_de == "<p>Anregend</p>"
    row = Translation.objects.get(record=approach.pk, field="summary", language="de")
    assert (row.state, row.translated_by) == ("current", translator)


@pytest.mark.parametrize(
    "column", ["summary_en", "summary_fr", "slug", "title_en", "started", "lead", "status"]
)
def test_a_translator_changes_nothing_else(send, translator, column):
    approach = make_approach(summary="<p>Inspiring</p>", summary_fr="<p>Inspirant</p>", status="review")
    before = stored(type(approach))
    value = {"lead": "joint", "status": "published", "started": "2020"}.get(column, "other")

    response = send(translator, form_of(approach), **{column: value, "original_language": "de"})

    assert response.status_code == 302
    assert stored(type(approach)) == before


def test_an_original_in_an_own_language_belongs_to_the_editors(send, translator):
    approach = make_approach(
        summary_pl="<p>Po polsku</p>", summary=None, title_pl="Tytuł", short_title_pl="Tytuł"
    )
    assert approach.original_language == "pl"

    send(translator, form_of(approach), summary_pl="<p>Inaczej</p>", summary_de="<p>Deutsch</p>")

    approach.refresh_from_db()
    assert approach.summary_pl == "<p>Po polsku</p>"
    assert approach.summary_de == "<p>Deutsch</p>"


def test_a_text_without_an_original_belongs_to_the_editors(send, translator):
    approach = make_approach(outcome=None)

    send(translator, form_of(approach), outcome_de="<p>Ein Ergebnis</p>")

    approach.refresh_from_db()
    assert approach.outcome_de is None


def test_a_translator_writes_the_texts_of_parts_and_nothing_else_of_them(send, translator):
    profile = make_profile(takeaways=["First", "Second"], figures=[{"label": "Figure", "value": 5}])
    first, _second = profile.takeaways.all()
    figure = profile.key_figures.get()

    response = send(
        translator,
        form_of(profile),
        **{
            "takeaways-0-text_de": "Erstens",
            "takeaways-0-text_en": "Changed",
            "takeaways-0-number": "9",
            "takeaways-1-DELETE": "on",
            "takeaways-TOTAL_FORMS": "3",
            "takeaways-2-text_en": "A new one",
            "takeaways-2-text_de": "Eine neue",
            "takeaways-2-id": "",
            "takeaways-2-profile": str(profile.pk),
            "key_figures-0-value": "99",
            "key_figures-0-label_pl": "Liczba",
            "sources-0-title": "Changed",
        },
    )

    assert response.status_code == 302
    assert [row.text_en for row in profile.takeaways.all()] == ["First", "Second"]
    first.refresh_from_db()
    assert first.text_de == "Erstens"
    figure.refresh_from_db()
    assert (figure.value, figure.label_pl) == (5, "Liczba")
    assert profile.sources.get().title == "Source"


def test_a_translator_who_sends_a_form_as_it_came_changes_nothing(send, translator, one_of_each):
    for model, record in one_of_each.items():
        if issubclass(model, Translated):
            before = stored(model)

            response = send(translator, form_of(record))

            assert response.status_code == 302, model
            assert stored(model) == before


@pytest.mark.parametrize("model", KINDS, ids=lambda model: model._meta.label)
def test_a_translator_adds_and_deletes_nothing(client, translator, one_of_each, model):
    client.force_login(translator)
    record = one_of_each[model]

    assert client.get(address(model, "add")).status_code == 403
    assert client.post(address(model, "add"), {}).status_code == 403
    assert client.post(address(model, "delete", record.pk), {"post": "yes"}).status_code == 403
    assert client.get(address(model, "changelist")).status_code == 200
    assert model._base_manager.filter(pk=record.pk).exists()


@pytest.mark.parametrize("model", KINDS, ids=lambda model: model._meta.label)
@pytest.mark.parametrize("action", ["publish", "archive", "delete_selected", "confirm"])
def test_no_action_on_many_entries_is_a_translators(client, translator, one_of_each, model, action):
    client.force_login(translator)
    record = one_of_each[model]
    if issubclass(model, Publishable):
        model._base_manager.update(status="review")
    before = stored(model)

    client.post(
        address(model, "changelist"), {"action": action, "_selected_action": [str(record.pk)], "post": "yes"}
    )

    assert stored(model) == before


def test_what_has_no_texts_a_translator_only_sees(client, translator, one_of_each):
    client.force_login(translator)
    without_texts = [record for model, record in one_of_each.items() if not issubclass(model, Translated)]

    assert without_texts
    for record in without_texts:
        assert client.get(form_of(record)).status_code == 200
        assert client.post(form_of(record), {"role": "founder"}).status_code == 403


def test_a_translator_without_a_language_changes_nothing(client, translator):
    translator.translator.delete()
    approach = make_approach(summary="<p>Inspiring</p>")
    client.force_login(translator)

    assert client.get(form_of(approach)).status_code == 200
    assert client.post(form_of(approach), {"summary_de": "Anregend"}).status_code == 403


def test_a_translator_sees_all_fields_and_can_type_into_few(client, translator):
    approach = make_approach(summary="<p>Inspiring</p>", operation="<p>How</p>", outcome=None)
    client.force_login(translator)

    page = client.get(form_of(approach)).content.decode()

    open_fields = {
        re.search(r'name="(\w+)"', tag)[1]
        for tag in re.findall(r"<(?:input|textarea|select)[^>]*>", page.split('id="approach_form"')[1])
        if 'type="hidden"' not in tag
        and 'type="submit"' not in tag
        and " disabled" not in tag
        and "name=" in tag
    }
    assert open_fields == {
        f"{text}_{language}"
        for text in ("title", "short_title", "summary", "operation")
        for language in ("de", "pl")
    }


def test_a_translator_sees_the_numbers_of_sources(client, translator):
    client.force_login(translator)

    page = client.get(form_of(make_profile())).content.decode()

    row = page.split('id="sources-0"')[1].split("</tr>")[0]
    assert re.search(r'class="field-number">\s*<p>1</p>', row)


def test_an_editor_who_changes_a_text_by_machine_makes_it_theirs(send, editor):
    approach = make_approach(summary="<p>Inspiring</p>")
    approach.summary_de, approach.edit = "<p>Maschine</p>", Edit(machine=True)
    approach.save()

    send(editor, form_of(approach), summary_de="<p>Anregend</p>")

    row = Translation.objects.get(record=approach.pk, field="summary", language="de")
    assert (row.state, row.is_machine, row.translated_by) == ("current", False, editor)


def test_nobody_approves_a_text_by_machine_by_saving_something_else(send, editor):
    approach = make_approach(summary="<p>Inspiring</p>", operation="<p>How</p>")
    approach.summary_de, approach.edit = "<p>Maschine</p>", Edit(machine=True)
    approach.save()

    send(editor, form_of(approach), operation_de="<p>Wie</p>", started="2020")

    row = Translation.objects.get(record=approach.pk, field="summary", language="de")
    assert (row.state, row.is_machine, row.approved_by) == ("machine", True, None)


def test_a_minor_edit_in_the_form_leaves_translations_valid(send, editor):
    approach = make_approach(summary="<p>Inspiring</p>", summary_de="<p>Anregend</p>")

    send(editor, form_of(approach), summary_en="<p>Inspiring.</p>", minor_edit="on")

    assert Translation.objects.get(field="summary", language="de").state == "current"
    send(editor, form_of(approach), summary_en="<p>Dull.</p>")
    assert Translation.objects.get(field="summary", language="de").state == "outdated"


def test_a_minor_edit_counts_for_the_parts_as_well(send, editor):
    profile = make_profile(takeaways=["First"])
    profile.takeaways.update(text_de="Erstens")
    Translation.objects.filter(kind="cities.takeaway", language="de").update(state="current")

    send(editor, form_of(profile), minor_edit="on", **{"takeaways-0-text_en": "First."})

    assert Translation.objects.get(kind="cities.takeaway", language="de").state == "current"


def test_another_original_language_in_the_form_counts_for_the_parts(send, editor):
    profile = make_profile(takeaways=["First"], summary_pl="<p>Polski</p>", subtitle_pl="Polski")

    send(editor, form_of(profile), original_language="pl", **{"takeaways-0-text_pl": "Po pierwsze"})

    takeaway = profile.takeaways.get()
    assert (takeaway.original_language, takeaway.text_pl) == ("pl", "Po pierwsze")
    assert Translation.objects.get(kind="cities.takeaway", language="en").state == "current"


def test_the_history_says_what_somebody_has_changed(send, translator):
    approach = make_approach(summary="<p>Inspiring</p>")

    send(translator, form_of(approach), summary_de="<p>Anregend</p>")

    assert LogEntry.objects.get().user == translator
    assert "opened" not in LogEntry.objects.get().get_change_message().lower()


def test_every_kind_with_texts_has_a_form_with_its_original_language():
    for model in KINDS:
        if issubclass(model, Translated):
            assert "minor_edit" in admin.site.get_model_admin(model).form.base_fields, model


@pytest.mark.ignore_template_errors  # Django's own, in the field of the password
def test_superusers_choose_the_languages_of_a_person(client, admin_user, translator):
    client.force_login(admin_user)
    path = reverse("admin:auth_user_change", args=[translator.pk])
    values = as_sent(client.get(path).content.decode())
    assert values["translator-0-languages"] == ["de", "pl"]
    response = client.post(path, values | {"translator-0-languages": ["el"]})

    assert response.status_code == 302
    translator.translator.refresh_from_db()
    assert translator.translator.languages == ["el"]
