"""An entry on the desk: what it shows, and that nobody's text is written, overwritten or approved by accident."""

import re

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from publishing.models import Edit, Translation
from tests.factories import make_approach, make_key_figure, make_profile
from translating.models import Claim

pytestmark = pytest.mark.django_db

SUMMARY_DE = "<p>Eine Stadt hilft.</p>"


@pytest.fixture
def approach():
    """An approach with a German summary; its title has no translation."""
    return make_approach(
        "A harbour", summary="<p>A city helps.</p>", summary_de=SUMMARY_DE, website="https://a.example/"
    )


@pytest.fixture
def outdated(approach):
    """The same after its summary has changed."""
    return change(approach, summary_en="<p>A town helps.</p>")


@pytest.fixture
def by_machine(approach):
    """The same with a German summary by a machine."""
    approach.edit = Edit(machine=True)
    return change(approach, summary_de="<p>Maschine.</p>")


def change(record, **texts):
    for name, text in texts.items():
        setattr(record, name, text)
    record.save()
    return record


def address(record, language="de", query=""):
    return reverse("translating:entry", args=[language, record._meta.label_lower, record.pk]) + query


def field(record, name="summary"):
    return f"{record._meta.label_lower}:{record.pk}:{name}"


def state(record, name="summary", language="de"):
    return Translation.objects.get(
        kind=record._meta.label_lower, record=record.pk, field=name, language=language
    )


def german(record, name="summary"):
    record.refresh_from_db()
    return getattr(record, f"{name}_de")


def text(response):
    """What a reader of the page sees, without the markup."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


# What it shows


def test_original_and_translation_stand_side_by_side(client, translator, outdated):
    client.force_login(translator)

    page = client.get(address(outdated)).content.decode()

    assert 'lang="en"><p>A <del><span class="visually-hidden">Deleted: </span>city</del>' in page
    assert "<ins>" in page
    assert "Eine Stadt hilft." in page
    assert "Still valid" in page
    assert "https://a.example/" not in page, "What is not translated is not on the desk."


def test_terms_of_the_glossary_and_other_languages_are_shown(client, translator, approach):
    change(approach, summary_pl="<p>Miasto pomaga.</p>")
    client.force_login(translator)

    page = client.get(address(approach)).content.decode()

    assert '<dd lang="de">Stadt</dd>' in page
    assert "Miasto pomaga." in page


def test_an_original_need_not_be_english(client, translator):
    approach = make_approach(
        title=None, title_pl="Port", short_title=None, summary=None, summary_pl="<p>Gmina pomaga.</p>"
    )
    assert approach.original_language == "pl"
    client.force_login(translator)

    page = client.get(address(approach)).content.decode()

    assert "Original (Polish)" in page
    assert '<dt lang="pl">Gmina</dt><dd lang="de">Kommune</dd>' in page
    assert client.get(address(approach, "pl")).status_code == 404, (
        "The original is not translated into itself."
    )


def test_parts_are_on_the_page_of_their_owner(client, translator):
    profile = make_profile(takeaways=["Learn.", "Teach."])
    figure = make_key_figure(profile, label="Residents")
    client.force_login(translator)

    seen = text(client.get(address(profile)))
    assert "Key takeaway 2" in seen
    assert "Residents" in seen

    client.post(address(profile), sent(client, profile, {field(figure, "label"): "Einwohner"}))

    assert german(figure, "label") == "Einwohner"


def test_a_page_costs_as_many_queries_for_many_parts_as_for_one(
    client, translator, django_assert_max_num_queries
):
    profile = make_profile(takeaways=[f"Lesson {number}" for number in range(12)])
    client.force_login(translator)
    client.get(address(profile))

    with django_assert_max_num_queries(20):
        client.get(address(profile))


@pytest.mark.parametrize(
    "path",
    [
        "de/approaches.approach/999/",
        "de/approaches.approach/99999999999999999999/",
        "de/auth.user/1/",
        "de/cities.takeaway/1/",
        "de/nothing/1/",
        "xx/approaches.approach/1/",
    ],
)
def test_what_there_is_not_is_said_in_words(client, translator, path):
    client.force_login(translator)

    response = client.get(f"/admin/translate/{path}")

    assert response.status_code == 404
    assert "There is no such language or entry" in response.content.decode()


def test_a_language_that_is_not_mine_is_refused(client, translator, approach):
    client.force_login(translator)

    assert client.get(address(approach, "fr")).status_code == 403
    assert client.post(address(approach, "fr"), {field(approach): "x", "action": "save"}).status_code == 403


# Saving


def sent(client, record, texts=None, action="save", language="de"):
    """What a browser sends: the page as it is now, with some texts typed."""
    page = client.get(address(record, language))
    values = {f"seen:{text.key}": str(text.version) for text in page.context["entry"].texts}
    values |= {text.key: text.translation for text in page.context["entry"].texts}
    return values | (texts or {}) | {"action": action}


def test_all_texts_of_the_page_are_saved_at_once(client, translator, outdated):
    client.force_login(translator)
    texts = {field(outdated): "<p>Ein Ort hilft.</p>", field(outdated, "title"): "Ein  Hafen\n"}

    response = client.post(address(outdated), sent(client, outdated, texts), follow=True)

    assert "2 texts were saved." in text(response)
    assert german(outdated) == "<p>Ein Ort hilft.</p>"
    assert german(outdated, "title") == "Ein Hafen"
    assert state(outdated).state == "current"
    assert state(outdated).translated_by == translator


def test_a_text_that_nobody_touched_keeps_its_state(client, translator, outdated):
    client.force_login(translator)

    client.post(address(outdated), sent(client, outdated, {field(outdated, "title"): "Ein Hafen"}))

    assert state(outdated).state == "outdated"
    assert state(outdated, "title").state == "current"


def test_saving_something_else_approves_nothing(client, editor, by_machine):
    client.force_login(editor)

    client.post(address(by_machine), sent(client, by_machine, {field(by_machine, "title"): "Ein Hafen"}))

    assert state(by_machine).state == "machine"


def test_save_and_next_goes_on_in_the_filtered_list(client, translator):
    first, second, other = (make_approach(f"Approach {number}") for number in range(3))
    change(other, title_de="Ansatz", short_title_de="Ansatz", summary_de="<p>Ansatz</p>")
    client.force_login(translator)
    query = "?kind=approaches.approach&state=missing"
    typed = {field(first, "title"): "Erster"}

    response = client.post(address(first, query=query), sent(client, first, typed, action="next"))
    assert response.url == address(second, query=query)

    response = client.post(address(second, query=query), sent(client, second, {}, action="next"))
    assert response.url == reverse("translating:desk", args=["de"]) + query


def test_too_long_a_text_is_told_beside_the_field_and_nothing_is_saved(client, translator, approach):
    client.force_login(translator)
    typed = {field(approach, "short_title"): "x" * 81, field(approach, "title"): "Ein Hafen"}

    response = client.post(address(approach), sent(client, approach, typed))

    assert "Ensure this value has at most 80 characters" in response.content.decode()
    assert "Nothing was saved." in text(response)
    assert "x" * 81 in response.content.decode(), "What was typed is still there."
    assert german(approach, "title") is None


def test_markup_that_is_not_allowed_is_told(client, translator, approach):
    client.force_login(translator)
    typed = {field(approach): "<p>Hallo <script>alert(1)</script><table></table></p>"}

    response = client.post(address(approach), sent(client, approach, typed))

    assert "This markup is not allowed here: &lt;script&gt;, &lt;table&gt;." in response.content.decode()
    assert german(approach) == SUMMARY_DE


def test_a_sign_that_is_no_markup_is_written(client, translator, approach):
    client.force_login(translator)

    client.post(address(approach), sent(client, approach, {field(approach): "Bis a < b gilt"}))

    assert german(approach) == "<p>Bis a &lt; b gilt</p>"


def test_a_text_can_be_emptied(client, translator, approach):
    client.force_login(translator)

    client.post(address(approach), sent(client, approach, {field(approach): "<p></p>"}))

    assert german(approach) is None
    assert state(approach).state == "missing"


# Two people


def test_a_text_that_changed_meanwhile_is_not_overwritten_and_both_are_shown(client, translator, approach):
    client.force_login(translator)
    mine = sent(
        client, approach, {field(approach): "<p>Meine Stadt.</p>", field(approach, "title"): "Ein Hafen"}
    )
    change(approach, summary_de="<p>Deine Stadt.</p>")

    response = client.post(address(approach), mine)

    assert german(approach) == "<p>Deine Stadt.</p>"
    assert german(approach, "title") == "Ein Hafen", "What nobody else has changed is saved."
    page = response.content.decode()
    assert "Deine" in page
    assert "Meine Stadt." in page
    assert "It was not overwritten" in text(response)


@pytest.mark.parametrize(
    ("choice", "expected"),
    [("", "Deine"), ("mine", "Meine"), ("theirs", "Deine")],
)
def test_whoever_has_seen_both_versions_chooses(client, translator, approach, choice, expected):
    client.force_login(translator)
    mine = sent(client, approach, {field(approach): "<p>Meine Stadt.</p>"})
    change(approach, summary_de="<p>Deine Stadt.</p>")
    conflict = client.post(address(approach), mine).context["entry"].find(field(approach))
    assert str(conflict.shown) == mine[f"seen:{conflict.key}"], "The page is not taken for a new one."

    client.post(
        address(approach),
        mine | {f"fresh:{conflict.key}": str(conflict.version), f"choice:{conflict.key}": choice},
    )

    assert german(approach) == f"<p>{expected} Stadt.</p>"


def test_a_choice_holds_for_the_version_that_was_shown(client, translator, approach):
    client.force_login(translator)
    mine = sent(client, approach, {field(approach): "<p>Meine Stadt.</p>"})
    change(approach, summary_de="<p>Deine Stadt.</p>")
    conflict = client.post(address(approach), mine).context["entry"].find(field(approach))
    change(approach, summary_de="<p>Noch eine Stadt.</p>")

    client.post(
        address(approach),
        mine | {f"fresh:{conflict.key}": str(conflict.version), f"choice:{conflict.key}": "mine"},
    )

    assert german(approach) == "<p>Noch eine Stadt.</p>"


def test_an_original_that_changed_meanwhile_is_a_conflict_too(client, translator, approach):
    client.force_login(translator)
    mine = sent(client, approach, {field(approach): "<p>Meine Stadt.</p>"})
    change(approach, summary_en="<p>Quite another text.</p>")

    response = client.post(address(approach), mine)

    assert german(approach) == SUMMARY_DE
    assert "Quite" in response.content.decode()


def test_what_i_did_not_touch_is_no_conflict(client, translator, approach):
    client.force_login(translator)
    mine = sent(client, approach, {field(approach, "title"): "Ein Hafen"})
    change(approach, summary_de="<p>Deine Stadt.</p>")

    response = client.post(address(approach), mine)

    assert response.status_code == 302
    assert german(approach) == "<p>Deine Stadt.</p>"


# Still valid, approved


def test_an_outdated_text_can_be_confirmed(client, translator, outdated):
    client.force_login(translator)

    response = client.post(
        address(outdated), sent(client, outdated, action=f"confirm:{field(outdated)}"), follow=True
    )

    assert "“What is inspiring” is up to date now." in text(response)
    assert state(outdated).state == "current"
    assert german(outdated) == SUMMARY_DE


@pytest.mark.parametrize("changed", [{"summary_en": "<p>Other.</p>"}, {"summary_de": "<p>Andere.</p>"}])
def test_a_text_that_changed_meanwhile_is_not_confirmed(client, translator, outdated, changed):
    client.force_login(translator)
    posted = sent(client, outdated, action=f"confirm:{field(outdated)}")
    outdated.edit = Edit(minor=True)
    change(outdated, **changed)
    before = state(outdated).state

    response = client.post(address(outdated), posted)

    assert state(outdated).state == before
    assert response.status_code == 200


def test_a_text_that_i_have_changed_is_saved_not_confirmed(client, translator, outdated):
    client.force_login(translator)
    posted = sent(client, outdated, {field(outdated): "<p>Neu.</p>"}, action=f"confirm:{field(outdated)}")

    response = client.post(address(outdated), posted)

    assert "Save it; then it is up to date." in text(response)
    assert "Neu." in response.content.decode()
    assert german(outdated) == SUMMARY_DE


def test_what_is_typed_elsewhere_survives_confirming(client, translator, outdated):
    client.force_login(translator)
    typed = {field(outdated, "title"): "Ein Hafen"}

    response = client.post(
        address(outdated), sent(client, outdated, typed, action=f"confirm:{field(outdated)}")
    )

    assert state(outdated).state == "current"
    assert "Ein Hafen" in response.content.decode()
    assert german(outdated, "title") is None


def test_an_editor_approves_what_a_machine_wrote(client, editor, by_machine):
    client.force_login(editor)

    client.post(address(by_machine), sent(client, by_machine, action=f"approve:{field(by_machine)}"))

    assert state(by_machine).state == "current"
    assert state(by_machine).approved_by == editor


@pytest.mark.parametrize("action", ["approve", "confirm"])
def test_a_translator_approves_nothing(client, translator, by_machine, action):
    client.force_login(translator)
    assert "Approve" not in text(client.get(address(by_machine)))

    client.post(address(by_machine), sent(client, by_machine, action=f"{action}:{field(by_machine)}"))

    assert state(by_machine).state == "machine"


def test_a_machine_text_that_a_person_rewrites_is_theirs(client, translator, by_machine):
    client.force_login(translator)

    client.post(address(by_machine), sent(client, by_machine, {field(by_machine): "<p>Mensch.</p>"}))

    assert state(by_machine).state == "current"
    assert state(by_machine).translated_by == translator


@pytest.mark.parametrize("action", ["confirm:x", "confirm:cities.city:1:name", "approve:", "dance", ""])
def test_an_action_that_makes_no_sense_does_no_harm(client, editor, approach, action):
    client.force_login(editor)

    response = client.post(address(approach), sent(client, approach, action=action))

    assert response.status_code in (302, 404)
    assert german(approach) == SUMMARY_DE


def test_texts_without_the_versions_they_were_made_from_are_not_written(client, translator, approach):
    client.force_login(translator)

    client.post(address(approach), {field(approach): "<p>Blind.</p>", "action": "save"})

    assert german(approach) == SUMMARY_DE


# Who is there


def present(client, record, language="de", **data):
    path = reverse("translating:presence", args=[record._meta.label_lower, record.pk])
    return client.post(path, {"language": language, **data})


def test_the_second_person_is_told_who_is_there(client, translator, editor, approach):
    client.force_login(editor)
    client.get(address(approach))
    client.force_login(translator)

    assert "anna has just opened this entry, too." in text(client.get(address(approach)))
    assert present(client, approach).json()["message"] == "anna has just opened this entry, too."
    assert present(client, approach, "pl").json()["message"] == ""


def test_a_form_of_an_entry_concerns_every_language(client, translator, editor, approach):
    client.force_login(editor)
    present(client, approach, "")
    client.force_login(translator)

    assert "anna" in present(client, approach, "pl").json()["message"]
    client.force_login(editor)
    assert "tomasz" in present(client, approach, "").json()["message"]


def test_whoever_has_form_and_desk_open_is_one_person(client, translator, editor, approach):
    client.force_login(editor)
    present(client, approach, "")
    client.get(address(approach))
    client.force_login(translator)

    assert present(client, approach).json()["message"] == "anna has just opened this entry, too."


def test_whoever_writes_is_told_of_a_change_meanwhile(client, translator, approach):
    client.force_login(translator)
    text = client.get(address(approach)).context["entry"].find(field(approach))
    seen = f"{text.key}={text.version}"
    assert present(client, approach, seen=seen).json()["message"] == ""

    change(approach, summary_de="<p>Deine Stadt.</p>")

    assert "Somebody has changed a text" in present(client, approach, seen=seen).json()["message"]


def test_presence_is_for_those_who_may_translate(client, translator, approach):
    client.force_login(translator)
    assert present(client, approach, "fr").status_code == 403
    client.force_login(User.objects.create_user("staff", is_staff=True))
    assert present(client, approach, "").status_code == 403
    assert client.get(reverse("translating:presence", args=["x", 1])).status_code == 405


@pytest.mark.parametrize("pk", [99999999, 10**25])
@pytest.mark.parametrize("language", ["de", ""])
def test_whoever_has_an_entry_open_that_is_gone_is_told(client, translator, pk, language):
    client.force_login(translator)

    response = client.post(
        reverse("translating:presence", args=["approaches.approach", pk]), {"language": language}
    )

    assert response.status_code == 404
    assert response.json()["message"].startswith("There is no such language or entry")
    assert not Claim.objects.exists()
