"""What can be found follows the records at once, by whatever path they become public, change, or stop being so."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone

from approaches.models import Approach
from cities.models import City, Profile, Takeaway
from networks.models import OrganisationMembership
from news.models import NewsCity
from publishing.models import Publishable
from search import indexing
from search.facts import COLUMNS, memory
from search.finding import find
from search.models import Document
from search.query import parse
from tests.factories import (
    make_approach,
    make_city,
    make_commitment,
    make_country,
    make_event,
    make_initiative,
    make_network,
    make_news,
    make_organisation,
    make_page,
    make_policy_area,
    make_profile,
)

pytestmark = pytest.mark.django_db

Status = Publishable.Status


def keys(text, language="en"):
    """What is found: "approaches.approach:12" without the number, in order."""
    return [result.key.partition(":")[0] for result in find(parse(text), language=language).results]


# Becoming public and ceasing to be


@pytest.mark.parametrize("status", [Status.DRAFT, Status.REVIEW, Status.ARCHIVED])
def test_what_is_not_public_is_not_found(status):
    make_city("Harbour", status=status)
    make_approach("Harbour", status=status)
    make_network("Harbour", status=status)
    make_page(title="Harbour", status=status)

    assert keys("harbour") == []


def test_a_record_is_found_from_its_date_on():
    make_city("Harbour", published_at=timezone.now() + timedelta(hours=1))

    assert keys("harbour") == []
    assert Document.objects.filter(kind="cities").count() == 1


def test_a_date_that_passes_needs_nobody(monkeypatch):
    make_city("Harbour", published_at=timezone.now() + timedelta(hours=1))
    assert keys("harbour") == []

    in_two_hours = timezone.now().timestamp() + 7200
    monkeypatch.setattr("search.finding.time", lambda: in_two_hours)

    assert keys("harbour") == ["cities.city"]


def test_a_profile_of_the_future_joins_its_city_on_its_date(monkeypatch):
    city = make_city("Harbour")
    make_profile(city, subtitle="Lighthouses", published_at=timezone.now() + timedelta(hours=1))
    assert keys("lighthouses") == []
    assert keys("harbour") == ["cities.city"]

    in_two_hours = timezone.now().timestamp() + 7200
    monkeypatch.setattr("search.finding.time", lambda: in_two_hours)

    assert keys("lighthouses") == keys("harbour") == ["cities.city"]


def test_saving_publishes_and_archives():
    city = make_city("Harbour", status=Status.DRAFT)
    assert keys("harbour") == []

    city.status = Status.PUBLISHED
    city.save()
    assert keys("harbour") == ["cities.city"]

    city.status = Status.ARCHIVED
    city.save()
    assert keys("harbour") == []


def test_the_actions_of_the_admin_publish_and_archive():
    approach = make_approach("Harbour", status=Status.DRAFT)

    Approach.objects.filter(pk=approach.pk).publish()
    assert keys("harbour") == ["approaches.approach"]

    Approach.objects.filter(pk=approach.pk).archive()
    assert keys("harbour") == []


def test_an_approach_goes_and_comes_with_its_city():
    approach = make_approach("Harbour")

    City.objects.filter(pk=approach.city_id).archive()
    assert keys("harbour") == []

    City.objects.filter(pk=approach.city_id).publish()
    assert keys("harbour") == ["approaches.approach"]


def test_an_initiative_goes_and_comes_with_its_network():
    network = make_network("Guild")
    make_initiative("Harbour", network=network)
    assert keys("harbour") == ["networks.initiative"]

    network.status = Status.ARCHIVED
    network.save()

    assert keys("harbour") == []


def test_a_profile_that_is_withdrawn_is_no_longer_in_its_city():
    profile = make_profile(make_city("Harbour"), subtitle="Lighthouses")
    assert keys("lighthouses") == ["cities.city"]

    Profile.objects.filter(pk=profile.pk).archive()

    assert keys("lighthouses") == []
    assert keys("harbour") == ["cities.city"]


def test_a_country_is_found_once_a_city_of_it_is_public():
    country = make_country("Atlantis")
    city = make_city("Harbour", country=country, status=Status.DRAFT)
    assert keys("atlantis") == []

    City.objects.filter(pk=city.pk).publish()

    assert keys("atlantis") == ["cities.country", "cities.city"]


def test_names_of_what_is_not_public_lead_nowhere():
    network = make_network("Lighthouses", status=Status.DRAFT)
    OrganisationMembership.objects.create(network=network, organisation=make_organisation("Harbour"))
    news = make_news("Harbour")
    NewsCity.objects.create(news=news, city=make_city("Lighthouses", status=Status.DRAFT))

    assert keys("lighthouses") == []


def test_what_is_deleted_is_not_found():
    approach = make_approach("Harbour")
    assert keys("harbour") == ["approaches.approach"]

    approach.delete()

    assert keys("harbour") == []
    assert not Document.objects.filter(kind="approaches").exists()


# Following changes


def test_a_new_name_is_found_and_the_old_one_is_not():
    city = make_city("Harbour")
    assert keys("harbour") == ["cities.city"]

    city.local_name = "Lighthouse"
    city.save()

    assert keys("harbour") == []
    assert keys("lighthouse") == ["cities.city"]


def test_a_new_address_is_where_the_result_leads():
    city = make_city("Harbour")
    find(parse("harbour"))

    city.slug = "the-harbour"
    city.save()

    assert find(parse("harbour")).results[0].url == city.get_absolute_url()


def test_whatever_bears_the_name_of_another_record_follows_it():
    country = make_country("Atlantis")
    city = make_city("Harbour", country=country)
    area = make_policy_area("Fishing", description="Nothing else.")
    approach = make_approach("Nets", city=city)
    approach.policy_areas.add(area)
    network = make_network("Guild", summary="Nothing else.")
    initiative = make_initiative("Boats", network=network)
    initiative.participations.create(city=city)
    news = make_news("Tides")
    news.policy_areas.add(area)
    news.networks.add(network)
    event = make_event("Regatta")
    event.city_links.create(city=city)
    commitment = make_commitment("Dam")
    commitment.places.create(name="Pier", country=country)

    def found(word):
        return sorted(keys(word))

    assert found("harbour") == [
        "approaches.approach",
        "cities.city",
        "networks.initiative",
        "news.event",
    ]
    assert found("guild") == ["networks.initiative", "networks.network", "news.news"]
    assert found("fishing") == ["approaches.approach", "approaches.policyarea", "news.news"]
    assert found("atlantis") == [
        "approaches.approach",
        "cities.city",
        "cities.country",
        "commitments.commitment",
        "networks.initiative",
        "news.event",
    ]

    for record, field in [
        (city, "local_name"),
        (area, "name_en"),
        (network, "name_en"),
        (country, "name_en"),
    ]:
        setattr(record, field, "Lighthouse")
        record.save()

    for former in ["harbour", "guild", "fishing", "atlantis"]:
        assert keys(former) == []
    assert len(keys("lighthouse")) == 9


def test_parts_and_relations_that_go_are_no_longer_found():
    city = make_city("Harbour")
    profile = make_profile(make_city("Elsewhere"), summary="Text")
    takeaway = Takeaway.objects.create(profile=profile, text_en="Listen to sailors")
    approach = make_approach("Nets", city=city)
    area = make_policy_area("Fishing", description="Nothing else.")
    approach.policy_areas.add(area)
    news = make_news("Tides")
    link = NewsCity.objects.create(news=news, city=city)
    assert keys("sailors") == ["cities.city"]
    assert "news.news" in keys("harbour")

    takeaway.delete()
    link.delete()
    area.approaches.clear()

    assert keys("sailors") == []
    assert "news.news" not in keys("harbour")
    assert keys("fishing") == ["approaches.policyarea"]


def test_a_deleted_network_leaves_no_trace_in_the_news():
    network = make_network("Guild")
    make_news("Tides").networks.add(network)
    assert keys("guild") == ["networks.network", "news.news"]

    network.delete()

    assert keys("guild") == []


def test_what_a_transaction_takes_back_was_never_there():
    make_city("Harbour")
    with transaction.atomic():
        make_city("Lighthouse")
        transaction.set_rollback(True)

    assert keys("lighthouse") == []


@pytest.mark.django_db(transaction=True)
def test_a_change_is_in_the_index_once_it_is_certain():
    city = make_city("Harbour")
    assert Document.objects.get(kind="cities").names == [["", "Harbour"]]
    with transaction.atomic():
        city.local_name = "Lighthouse"
        city.save()
        assert Document.objects.get(kind="cities").names == [["", "Harbour"]]

    assert Document.objects.get(kind="cities").names == [["", "Lighthouse"]]
    assert keys("lighthouse") == ["cities.city"]


def test_a_record_that_has_not_changed_keeps_its_document():
    city = make_city("Harbour")
    find(parse("harbour"))
    before = Document.objects.get(kind="cities").pk

    city.save()
    find(parse("harbour"))

    assert Document.objects.get(kind="cities").pk == before


# Rebuilding


def rebuild(**options):
    output = StringIO()
    call_command("rebuild_search", stdout=output, **options)
    return output.getvalue()


def test_a_missing_document_is_noticed_and_made():
    make_city("Harbour")
    make_approach("Nets")
    indexing.noted().clear()

    with pytest.raises(CommandError, match=r"cities\.city:"):
        rebuild(check=True)
    assert "5 documents, of 5 records" in rebuild()

    assert keys("harbour") == ["cities.city"]
    assert "are right" in rebuild(check=True)


def test_a_document_too_many_is_noticed_and_removed():
    city = make_city("Harbour")
    find(parse("harbour"))
    City.objects.filter(pk=city.pk)._raw_delete("default")

    with pytest.raises(CommandError, match=f"cities.city:{city.pk}"):
        rebuild(check=True)
    rebuild()

    assert not Document.objects.filter(kind="cities").exists()


def test_rebuilding_shows_how_far_it_is_and_writes_only_what_differs():
    make_city("Harbour")

    assert "cities" in rebuild()
    assert "of 0 records" in rebuild()
    assert "of 2 records" in rebuild(all=True)
    assert keys("harbour") == ["cities.city"]


def test_an_index_that_is_there_is_left_alone():
    make_city("Harbour")
    rebuild(if_empty=True)

    assert "There is a search index" in rebuild(if_empty=True)


def test_everything_is_found_while_the_index_is_made_anew():
    make_city("Harbour")
    make_approach("Harbour")
    rebuild()
    seen = []

    indexing.rebuild(lambda *progress: seen.append(sorted(keys("harbour"))), anew=True)

    assert all(found == ["approaches.approach", "cities.city"] for found in seen)


# What is remembered


def test_what_is_remembered_is_what_the_database_holds():
    def facts():
        known = memory.facts
        combinations = list(known.combinations.numbers)
        return {(*numbers, *combinations[number]) for *numbers, number in known.table.T.tolist()}

    for name in ["Harbour", "Lighthouse", "Pier"]:
        make_city(name)
        assert keys(name) == ["cities.city"]

    assert len(facts()) == 3
    assert facts() <= set(Document.objects.values_list(*COLUMNS))
