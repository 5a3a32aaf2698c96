"""Organisations belong to networks by records like those of municipalities."""

from html import unescape

import pytest
from django.db import IntegrityError, transaction

from networks.models import OrganisationMembership
from tests.factories import (
    make_city,
    make_declaration,
    make_initiative,
    make_membership,
    make_network,
    make_organisation,
    make_organisation_membership,
)

pytestmark = pytest.mark.django_db


def shown(client, organisation):
    return " ".join(unescape(client.get(organisation.get_absolute_url()).content.decode()).split())


@pytest.mark.parametrize("fields", [{"since": 2020, "until": 2019}, {"verified": True, "source_url": ""}])
def test_the_rules_are_those_of_municipalities(fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_organisation_membership(**fields)


def test_an_organisation_is_in_a_network_once():
    membership = make_organisation_membership()

    with pytest.raises(IntegrityError), transaction.atomic():
        make_organisation_membership(membership.network, membership.organisation)


def test_only_what_is_public_counts():
    make_organisation_membership(make_network(status="draft"))
    make_organisation_membership(organisation=make_organisation(status="draft"))
    seen = make_organisation_membership()

    assert list(OrganisationMembership.objects.published()) == [seen]


def test_only_sourced_memberships_are_confirmed():
    sourced = make_organisation_membership(verified=False)
    make_organisation_membership(verified=False, source_url="")

    assert OrganisationMembership.objects.confirm() == 1
    assert list(OrganisationMembership.objects.filter(verified=True)) == [sourced]


def test_the_page_tells_role_years_source_and_doubt(client):
    organisation = make_organisation()
    make_organisation_membership(make_network("Hubs"), organisation, role="secretariat", since=2016)
    make_organisation_membership(make_network("Ports"), organisation, verified=False, source_url="")

    page = shown(client, organisation)

    assert "<td>Secretariat</td> <td>since 2016<svg" in page
    assert '<td>Member <span class="unconfirmed">not confirmed</span>' in page
    assert "No source is recorded" in page
    assert "network.example/members" in page


def test_initiatives_and_declarations_are_those_of_its_networks(client):
    organisation = make_organisation()
    network = make_organisation_membership(organisation=organisation).network
    left = make_organisation_membership(organisation=organisation, until=2019).network
    make_initiative("Twin towns", network=network)
    make_initiative("Later", network=left)
    make_declaration("We welcome", [make_membership(network).city])
    make_declaration("Others", [make_city()])

    page = shown(client, organisation)

    assert "Initiatives of its networks" in page
    assert ">Twin towns<" in page
    assert ">Later<" not in page
    assert ">We welcome<" in page
    assert ">Others<" not in page
