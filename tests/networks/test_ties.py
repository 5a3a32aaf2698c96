"""The web of ties as plain data."""

import pytest

from networks.models import OrganisationMembership
from networks.ties import web
from networks.years import At
from tests.factories import (
    make_city,
    make_declaration,
    make_initiative,
    make_membership,
    make_network,
    make_organisation,
)

pytestmark = pytest.mark.django_db


def tied(ties):
    return {(tie.actor, tie.group) for tie in ties.ties}


def test_municipalities_and_organisations_are_tied_by_what_they_belong_to():
    gdansk, network = make_city("Gdańsk"), make_network("Harbours")
    make_membership(network, gdansk, role="founder", since=2004, verified=False)
    organisation = make_organisation("Gdańsk", networks=[network])
    make_initiative("Boats", cities=[gdansk], started="2017-02", ended="2019")
    make_declaration("Letter", signatories=[gdansk], date="2020-09-10")

    found = web()

    assert tied(found) == {
        ("gdansk", "network:harbours"),
        (f"organisation:{organisation.slug}", "network:harbours"),
        ("gdansk", "initiative:boats"),
        ("gdansk", "declaration:letter"),
    }
    membership = found.groups_of["gdansk"]["network:harbours"]
    assert (membership.role, membership.since, membership.verified) == ("founder", 2004, False)
    initiative = found.groups_of["gdansk"]["initiative:boats"]
    assert (initiative.since, initiative.until) == (2017, 2019)


def test_what_is_not_public_ties_nobody():
    make_membership(make_network("Draft network", status="draft"), make_city("A"))
    make_membership(make_network("Network"), make_city("B", status="draft"))
    make_organisation("C", networks=[make_network("D")], status="draft")
    make_initiative(cities=[make_city("E")], network=make_network(status="draft"))

    assert web().ties == []


def test_in_a_year_those_memberships_count_that_held_then_and_the_open_ones_are_told():
    network = make_network("Harbours")
    for name, since, until in [("A", 2010, 2018), ("B", 2015, None), ("C", None, None), ("D", None, 2018)]:
        make_membership(network, make_city(name), since=since, until=until)
    organisation = make_organisation("E", networks=[network])
    OrganisationMembership.objects.filter(organisation=organisation).update(since=2019)

    found = web(At(2019))

    assert tied(found) == {("b", "network:harbours"), ("organisation:e", "network:harbours")}
    assert [tie.actor for tie in found.open] == ["c"]
    assert found.unknown == 1


def test_what_was_done_together_counts_from_its_year_on():
    a, b = make_city("A"), make_city("B")
    make_initiative("Boats", pairs=[(a, b)], started="2017-02", ended="2019")
    make_declaration("Letter", signatories=[a], date="2020-09-10")
    make_declaration("Undated", signatories=[a])

    assert tied(web(At(2016))) == set()
    assert (
        tied(web(At(2018))) == tied(web(At(2019))) == {("a", "initiative:boats"), ("b", "initiative:boats")}
    )
    assert web(At(2016)).pairs == []
    assert [pair[1:] for pair in web(At(2018)).pairs] == [("b", "a")]
    assert ("a", "declaration:letter") in tied(web(At(2020)))
    assert ("a", "declaration:undated") in tied(web())


def test_the_web_is_read_in_three_queries(django_assert_num_queries):
    network = make_network()
    for number in range(5):
        make_membership(network, make_city(f"City number {number}"))
        make_organisation(networks=[network])

    with django_assert_num_queries(3):
        found = web()
        assert (len(found.actors), len(found.groups), found.pairs) == (10, 1, [])
