"""What editors do with several entries at once, and how they find them."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.core.management import call_command
from django.utils import timezone

from approaches.models import Approach
from cities.models import City
from networks.models import Membership
from tests.factories import (
    make_approach,
    make_city,
    make_membership,
    make_network,
    make_profile,
    make_source,
)


def run(client, path, action, *records):
    """Runs an action on the selected rows of a list; gives the messages that follow."""
    data = {"action": action, "_selected_action": [record.pk for record in records]}
    response = client.post(f"/admin/{path}/", data, follow=True)
    return [str(message) for message in response.context["messages"]]


def names(client, path, **filters):
    """The first column of a list."""
    response = client.get(f"/admin/{path}/", filters)
    assert response.status_code == 200
    return {str(record) for record in response.context["cl"].result_list}


def test_only_memberships_with_a_source_are_confirmed(editing):
    network = make_network()
    sourced = make_membership(network, verified=False)
    unsourced = make_membership(network, verified=False, source_url="")
    confirmed = make_membership(network)

    said = run(editing, "networks/membership", "confirm", sourced, unsourced, confirmed)

    assert set(Membership.objects.filter(verified=True)) == {sourced, confirmed}
    assert said == [
        "1 membership is confirmed.",
        "1 membership has no source and was left as it is.",
    ]


def test_memberships_are_confirmed_out_of_the_list_of_unconfirmed_ones(editing):
    membership = make_membership(verified=False)

    run(editing, "networks/membership", "confirm", membership)
    run(editing, "networks/membership/?verified__exact=0", "confirm", membership)

    membership.refresh_from_db()
    assert membership.verified


def test_unconfirmed_memberships_are_listed(editing):
    membership = make_membership(verified=False)
    make_membership()

    assert names(editing, "networks/membership", verified__exact=0) == {str(membership)}


def test_drafts_are_published_and_the_history_knows(editing, editor):
    draft, review = make_city(status="draft"), make_city(status="review")
    make_city("Riace", status="draft")

    said = run(editing, "cities/city", "publish", draft, review)

    assert set(City.objects.published()) == {draft, review}
    assert said == ["2 entries are published."]
    entries = LogEntry.objects.filter(user=editor)
    assert {entry.get_change_message() for entry in entries} == {"Changed status."}
    assert entries.count() == 2


def test_publishing_says_what_waits_for_its_date(editing):
    later = make_city(status="draft", published_at=timezone.now() + timedelta(days=3))

    said = run(editing, "cities/city", "publish", later)

    assert said == ["1 entry is published.", "1 of them appears on its date in the future."]
    assert not City.objects.published().exists()


def test_publishing_works_on_a_filtered_list(editing):
    draft = make_approach(status="draft")

    run(editing, "approaches/approach/?status__exact=draft&sourced=no&missing=pl", "publish", draft)
    said = run(editing, "approaches/approach", "publish", draft)

    assert said == ["1 entry is published."]
    assert Approach.objects.published().get() == draft


def test_entries_are_archived(editing):
    city, profile = make_city(), make_profile()

    assert run(editing, "cities/city", "archive", city) == ["1 entry is archived."]
    assert run(editing, "cities/profile", "archive", profile) == ["1 entry is archived."]
    assert city not in City.objects.published()


def test_entries_without_a_source_are_listed(editing):
    make_source(make_approach("Sourced"))
    make_approach("Unsourced")

    assert names(editing, "approaches/approach", sourced="no") == {"Unsourced"}
    assert names(editing, "approaches/approach", sourced="yes") == {"Sourced"}


def test_memberships_without_a_source_are_listed(editing):
    make_membership()
    unsourced = make_membership(verified=False, source_url="")

    assert names(editing, "networks/membership", sourced="no") == {str(unsourced)}


def test_entries_that_are_not_translated_are_listed(editing):
    make_approach("Kitchen", summary_pl="<p>Kuchnia.</p>")
    make_approach("Garden")

    assert names(editing, "approaches/approach", missing="pl") == {"Garden"}
    assert names(editing, "approaches/approach", missing="el") == {"Kitchen", "Garden"}
    assert names(editing, "approaches/approach", missing="xx") == {"Kitchen", "Garden"}


def test_a_list_tells_the_languages_of_each_entry_and_what_there_is_to_do(editing):
    german = {"title_de": "Küche", "short_title_de": "Küche", "summary_de": "<p>Küche.</p>"}
    kitchen = make_approach("Kitchen", summary_pl="<p>Kuchnia.</p>", **german)
    kitchen.title_en = "Other kitchen"
    kitchen.save()

    page = editing.get("/admin/approaches/approach/").content.decode()

    assert '"field-translated_into">en <span class="state state--outdated">de outdated: 1</span>' in page
    assert '<span class="state state--missing">pl missing: 2</span>' in page
    assert ">fr" not in page


def test_a_list_shows_the_entries_that_are_outdated_in_a_language(editing):
    kitchen = make_approach("Kitchen", summary_de="<p>Küche.</p>")
    make_approach("Garden", summary_de="<p>Garten.</p>")
    kitchen.summary_en = "<p>Another kitchen.</p>"
    kitchen.save()

    assert names(editing, "approaches/approach", outdated="de") == {"Kitchen"}
    assert names(editing, "approaches/approach", outdated="pl") == set()
    assert names(editing, "approaches/approach", machine="de") == set()


def test_the_list_of_cities_tells_the_languages_of_each_profile(editing):
    make_profile(make_city("Łódź"), summary_pl="<p>Podsumowanie.</p>")
    make_city("Palermo")

    page = editing.get("/admin/cities/city/").content.decode()

    assert "en pl" in page


@pytest.mark.parametrize("typed", ["kuchnia", "KUCHNI", "Kitchens", "lodz"])
def test_entries_are_found_by_the_words_of_any_language(editing, typed):
    make_approach("Kitchen", title_pl="Kuchnia", summary_en="<p>In Łódź.</p>")
    make_approach("Garden")

    assert names(editing, "approaches/approach", q=typed) == {"Kitchen"}


@pytest.mark.parametrize("typed", ["lodz harbours", "Łódź", "harb"])
def test_memberships_are_found_by_city_and_network(editing, typed):
    membership = make_membership(make_network("Harbours"), make_city("Łódź"))
    make_membership()

    assert names(editing, "networks/membership", q=typed) == {str(membership)}


@pytest.mark.parametrize("path", ["cities/city", "networks/membership", "approaches/approach"])
@pytest.mark.parametrize("typed", ["%", "' OR 1=1", "\0", "🙂", "a" * 5000, '"', "ł "])
def test_nothing_that_is_typed_into_the_search_breaks_it(editing, path, typed):
    make_approach()

    assert editing.get(f"/admin/{path}/", {"q": typed}).status_code == 200


@pytest.mark.parametrize(("language", "first"), [("en", "Łódź"), ("pl", "Lublin")])
def test_a_list_is_in_the_order_of_the_editors_language(editing, language, first):
    make_city("Łódź")
    make_city("Lublin")
    editing.cookies["language"] = language

    listed = editing.get("/admin/cities/city/").context["cl"].result_list

    assert str(listed[0]) == first


@pytest.mark.django_db
@pytest.mark.usefixtures("content")
def test_what_an_editor_has_changed_stays_when_the_content_is_imported_again(submit, capsys):
    city = City.objects.get(slug="gdansk")

    submit(f"/admin/cities/city/{city.pk}/change/", website="https://changed.example/")
    call_command("import_content")

    city.refresh_from_db()
    said = "".join(capsys.readouterr())
    assert city.website == "https://changed.example/"
    assert "gdansk" in said
    assert "changed by an editor, so not imported over" in said
