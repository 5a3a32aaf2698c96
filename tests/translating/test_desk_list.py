"""The work list of a language: what it holds, in which order, and whom it lets in."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from publishing.languages import LANGUAGES
from publishing.models import Edit, Reading, Translation
from tests.factories import make_approach, make_city, make_commitment, make_country, make_profile
from translating.models import Claim
from translating.worklist import WorkList

pytestmark = pytest.mark.django_db
OTHERS = [language for language in LANGUAGES if language != "en"]


def in_every_language(field, text):
    return {f"{field}_{language}": f"{text} ({language})" for language in LANGUAGES}


def finished_approach(**fields):
    """An approach whose texts exist in every language."""
    texts = {}
    for field in ("title", "short_title", "summary"):
        texts |= in_every_language(field, f"{field} of an approach")
    country = make_country(**in_every_language("name", "Country"), name=None)
    return make_approach(**texts | {"city": make_city(country=country), "title": None} | fields)


def change(record, **texts):
    for name, text in texts.items():
        setattr(record, name, text)
    record.save()


def listed(language, **data):
    """The entries in the list, as they come."""
    return [row.entry for row in WorkList(language, data).rows if row.kind == "approaches.approach"]


def test_a_changed_original_is_in_the_lists_of_all_other_languages():
    approach = finished_approach()
    assert all(listed(language) == [] for language in OTHERS)

    change(approach, summary_en="<p>Another summary</p>")

    assert all(listed(language) == [approach.pk] for language in OTHERS)
    row = WorkList("pl", {}).rows[0]
    assert row.counts == {"missing": 0, "outdated": 1, "machine": 0, "current": 2}
    assert listed("en") == []


def test_what_is_read_most_comes_first_then_what_has_waited_longest():
    late, early, popular = (finished_approach() for _number in range(3))
    for days, approach in enumerate([late, early, popular], 1):
        change(approach, summary_en="<p>Another summary</p>")
        Translation.objects.filter(record=approach.pk).update(
            original_changed_at=timezone.now() - timedelta(days=days)
        )
    month = timezone.now().date().replace(day=1)
    Reading.objects.create(kind="approaches.approach", record=popular.pk, month=month, count=7)
    Reading.objects.create(
        kind="approaches.approach", record=late.pk, month=month - timedelta(days=500), count=999
    )

    assert listed("pl") == [popular.pk, early.pk, late.pk]
    assert [row.readers for row in WorkList("pl", {}).rows] == [7, 0, 0]


def test_an_entry_waits_only_for_what_is_to_do():
    approach = finished_approach()
    assert WorkList("pl", {"state": "all"}).fitting(kind="approaches.approach")[0].since is None

    change(approach, summary_en="<p>Another summary</p>")

    assert WorkList("pl", {}).rows[0].since.date() == timezone.now().date()


def test_the_list_is_filtered_by_state_kind_and_country():
    outdated, machine, missing = (finished_approach() for _number in range(3))
    change(outdated, summary_en="<p>Another summary</p>")
    machine.edit = Edit(machine=True)
    change(machine, summary_pl="<p>Maszyna</p>")
    change(missing, summary_pl=None)
    commitment = make_commitment(title="A pledge", summary="…")

    assert set(listed("pl")) == {outdated.pk, machine.pk, missing.pk}
    assert listed("pl", state="outdated") == [outdated.pk]
    assert listed("pl", state="machine") == [machine.pk]
    assert listed("pl", state="missing") == [missing.pk]
    assert listed("pl", country=str(missing.city.country_id)) == [missing.pk]
    assert listed("pl", kind="commitments.commitment") == []
    assert [row.entry for row in WorkList("pl", {"kind": "commitments.commitment"}).rows] == [commitment.pk]


def test_what_somebody_works_on_is_in_progress(editor):
    approach = finished_approach()
    Claim.objects.renew("approaches.approach", approach.pk, "pl", editor)

    assert listed("pl", state="progress") == [approach.pk]
    assert listed("de", state="progress") == []

    Claim.objects.update(seen_at=timezone.now() - timedelta(minutes=3))

    assert listed("pl", state="progress") == []


def test_each_value_of_the_filter_says_how_many_entries_it_gives():
    change(finished_approach(), summary_en="<p>Another summary</p>")
    change(finished_approach(), summary_pl=None)

    work = WorkList("pl", {})

    numbers = {option["key"]: option["number"] for option in work.state_options}
    assert numbers["todo"] == 2
    assert numbers["outdated"] == numbers["missing"] == 1
    kinds = {option["key"]: option["number"] for option in work.kind_options}
    assert kinds["approaches.approach"] == 2
    assert sum(option["number"] for option in work.country_options) == 2


def test_a_value_that_makes_no_sense_is_ignored_and_named(client, translator):
    client.force_login(translator)

    response = client.get(
        reverse("translating:desk", args=["pl"]), {"state": "lost", "kind": "x", "page": "x"}
    )

    assert response.status_code == 200
    assert "“lost” is no value of the filter “State” and was ignored." in response.content.decode()


def test_parts_are_listed_under_their_owner():
    profile = make_profile(takeaways=["Learn."])

    row = next(row for row in WorkList("pl", {}).rows if row.kind == "cities.profile")

    assert row.entry == profile.pk
    assert row.counts["missing"] == 3
    assert not any(row.kind == "cities.takeaway" for row in WorkList("pl", {}).every)


def test_a_page_of_the_list_shows_names_kinds_and_numbers(client, translator):
    make_approach(
        "A harbour for all", city=make_city("City 1", country=make_country(name="Atlantis")), status="draft"
    )
    client.force_login(translator)

    page = client.get(reverse("translating:desk", args=["pl"])).content.decode()

    assert "A harbour for all" in page
    assert "Local approach · Atlantis · Draft" in page
    assert "of 4 texts are up to date" in page


def test_the_list_costs_as_many_queries_for_many_entries_as_for_one(
    client, translator, django_assert_max_num_queries
):
    for _number in range(60):
        make_approach()
    make_profile(takeaways=["Learn."])
    make_commitment(title="A pledge", summary="…")
    client.force_login(translator)
    client.get(reverse("translating:desk", args=["pl"]))

    with django_assert_max_num_queries(12):
        client.get(reverse("translating:desk", args=["pl"]), {"state": "missing", "page": "2"})


def test_whoever_is_not_signed_in_is_asked_to(client):
    response = client.get(reverse("translating:desk", args=["pl"]))

    assert response.status_code == 302
    assert response.url.startswith("/admin/login/?next=/admin/translate/pl/")


def test_a_language_that_is_not_mine_is_refused_in_words(client, translator):
    client.force_login(translator)

    response = client.get(reverse("translating:desk", args=["fr"]))

    assert response.status_code == 403
    assert "You do not translate into this language: French." in response.content.decode()


def test_staff_who_do_not_translate_are_told(client, django_user_model):
    client.force_login(django_user_model.objects.create_user("staff", is_staff=True))

    response = client.get(reverse("translating:languages"))

    assert response.status_code == 403
    assert "for those who translate" in response.content.decode()


def test_a_language_that_the_site_lacks_is_not_found(client, translator):
    client.force_login(translator)

    assert client.get("/admin/translate/xx/").status_code == 404


def test_whoever_has_one_language_is_led_to_its_list(client, translator):
    translator.translator.languages = ["pl"]
    translator.translator.save()
    client.force_login(translator)

    assert client.get(reverse("translating:languages")).url == reverse("translating:desk", args=["pl"])


def test_a_selection_can_be_confirmed(client, translator):
    approach, other = finished_approach(), finished_approach()
    for record in (approach, other):
        change(record, summary_en="<p>Another summary</p>")
    client.force_login(translator)

    select(client, "confirm", approach)

    assert listed("pl") == [other.pk]
    assert set(listed("de")) == {approach.pk, other.pk}


def select(client, action, *records, shown_at=None):
    return client.post(
        reverse("translating:desk", args=["pl"]),
        {
            "action": action,
            "entry": [f"{record._meta.label_lower}:{record.pk}" for record in records],
            "shown_at": (shown_at or timezone.now()).isoformat(),
        },
        follow=True,
    )


def test_what_has_changed_since_the_list_was_shown_is_not_confirmed(client, translator):
    approach = finished_approach()
    change(approach, summary_en="<p>Another summary</p>")
    client.force_login(translator)

    page = select(client, "confirm", approach, shown_at=timezone.now() - timedelta(hours=1))

    assert "1 text has changed meanwhile and was left as it is." in page.content.decode()
    assert listed("pl") == [approach.pk]


def test_only_an_editor_approves_a_selection(client, translator, editor):
    approach = finished_approach()
    approach.edit = Edit(machine=True)
    change(approach, summary_pl="<p>Maszyna</p>")

    client.force_login(translator)
    assert select(client, "approve", approach).status_code == 403
    assert listed("pl", state="machine") == [approach.pk]

    client.force_login(editor)
    select(client, "approve", approach)
    assert listed("pl", state="machine") == []


def test_confirming_a_selection_approves_nothing(client, editor):
    approach = finished_approach()
    approach.edit = Edit(machine=True)
    change(approach, summary_pl="<p>Maszyna</p>")
    client.force_login(editor)

    select(client, "confirm", approach)

    assert listed("pl", state="machine") == [approach.pk]


def test_a_selection_with_nothing_to_confirm_is_no_success(client, translator):
    approach = finished_approach()
    client.force_login(translator)

    page = select(client, "confirm", approach).content.decode()

    assert '<li class="info">Nothing was changed.</li>' in page
    assert "0 texts" not in page


@pytest.mark.parametrize("entry", ["x", "cities.city:x", "auth.user:1", "cities.city:99999999999999999999"])
def test_a_selection_that_makes_no_sense_changes_nothing(client, editor, entry):
    client.force_login(editor)

    page = client.post(
        reverse("translating:desk", args=["pl"]),
        {"action": "confirm", "entry": entry, "shown_at": "x"},
        follow=True,
    )

    assert page.status_code == 200
    assert "Nothing was changed" in page.content.decode()
