"""What other entries name is not deleted, and the admin says who names it."""

import pytest
from django.urls import reverse

from approaches.models import Approach, PolicyArea
from cities.models import City, Country
from networks.models import Network, Organisation
from tests.factories import (
    make_approach,
    make_city,
    make_commitment,
    make_country,
    make_declaration,
    make_event,
    make_initiative,
    make_membership,
    make_network,
    make_news,
    make_organisation,
    make_page,
    make_policy_area,
    make_profile,
    make_source,
)


def delete_page(record):
    return reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_delete", args=[record.pk])


def delete_selected(client, *records):
    kind = records[0]._meta
    return client.post(
        reverse(f"admin:{kind.app_label}_{kind.model_name}_changelist"),
        {"action": "delete_selected", "_selected_action": [record.pk for record in records], "post": "yes"},
    )


@pytest.fixture
def named_city(db):
    """A city that every kind of record names."""
    city = make_city("Łódź")
    make_membership(make_network("Harbours"), city)
    make_profile(city)
    make_organisation("Welcome House", city=city)
    make_initiative("Twin towns", pairs=[(city, make_city())])
    make_declaration("Open letter", signatories=[city])
    make_approach("Open kitchen", city=city)
    make_news("Prize", cities=[city])
    make_event("Meeting", cities=[city])
    return city


NAMING = [
    "Membership: <a href=",
    "Harbours – Łódź",
    "City profile: <a href=",
    ">Welcome House</a>",
    ">Twin towns</a>",
    "Declaration: <a href=",
    ">Open letter</a>",
    ">Open kitchen</a>",
    ">Prize</a>",
    ">Meeting</a>",
]


def test_a_city_that_others_name_is_not_deleted_and_the_page_lists_them(editing, named_city):
    asked = editing.get(delete_page(named_city)).content.decode()
    editing.post(delete_page(named_city), {"post": "yes"})

    for part in NAMING:
        assert part in asked, part
    assert asked.count(">Twin towns</a>") == 1
    assert "Yes, I" not in asked
    assert City.objects.filter(pk=named_city.pk).exists()


def test_several_cities_are_not_deleted_if_one_is_named(editing, named_city):
    other = make_city()

    page = delete_selected(editing, named_city, other).content.decode()

    for part in NAMING:
        assert part in page, part
    assert City.objects.filter(pk__in=[named_city.pk, other.pk]).count() == 2


def test_a_city_that_nothing_names_is_deleted(editing):
    city, other = make_city(), make_city()

    editing.post(delete_page(city), {"post": "yes"})
    delete_selected(editing, other)

    assert not City.objects.exists()


def test_a_list_of_hundreds_that_name_a_network_costs_few_queries(editing, django_assert_max_num_queries):
    network = make_network()
    for _number in range(40):
        make_membership(network)

    with django_assert_max_num_queries(25):
        page = editing.get(delete_page(network)).content.decode()

    assert page.count("/admin/networks/membership/") >= 40


def test_a_network_that_an_organisation_names_is_kept(editing):
    network = make_network("Harbours")
    make_organisation("Welcome House", networks=[network])

    page = editing.get(delete_page(network)).content.decode()
    editing.post(delete_page(network), {"post": "yes"})

    assert "Harbours – Welcome House</a>" in page
    assert Network.objects.exists()


def test_a_policy_area_with_approaches_is_kept(editing):
    area = make_policy_area()
    make_approach("Open kitchen", policy_areas=[area])

    page = delete_selected(editing, area).content.decode()

    assert ">Open kitchen</a>" in page
    assert PolicyArea.objects.exists()


def test_an_approach_that_names_others_goes_and_they_stay(editing):
    related = make_approach()
    approach = make_approach(policy_areas=[make_policy_area()], related=[related])

    editing.post(delete_page(approach), {"post": "yes"})

    assert Approach.objects.get() == related


def test_two_approaches_that_name_each_other_go_together(editing):
    first = make_approach()
    second = make_approach(related=[first])
    first.related.add(second)

    delete_selected(editing, first, second)

    assert not Approach.objects.exists()


def test_an_organisation_takes_its_sources_with_it(editing):
    organisation = make_organisation()
    make_source(organisation)

    editing.post(delete_page(organisation), {"post": "yes"})

    assert not Organisation.objects.exists()


def test_an_organisation_that_belongs_to_a_network_is_kept(editing):
    organisation = make_organisation("Welcome House", networks=[make_network("Harbours")])

    page = editing.get(delete_page(organisation)).content.decode()
    editing.post(delete_page(organisation), {"post": "yes"})

    assert "Harbours – Welcome House</a>" in page
    assert Organisation.objects.exists()


def test_a_country_is_kept_for_the_places_of_a_commitment(editing):
    country = make_country()
    make_commitment("Pledge", places=[("Region", country)])

    page = editing.get(delete_page(country)).content.decode()

    assert "Commitment: <a href=" in page
    assert Country.objects.exists()


def test_a_profile_goes_with_its_figures_and_sources(editing):
    profile = make_profile(takeaways=["One."], figures=[{"label": "Residents"}])

    editing.post(delete_page(profile), {"post": "yes"})

    assert not type(profile).objects.exists()


def test_an_editor_cannot_delete_a_page(editing):
    page = make_page()

    assert editing.post(delete_page(page), {"post": "yes"}).status_code == 403
