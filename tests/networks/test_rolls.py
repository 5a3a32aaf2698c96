"""Whom the lines of a list mean, what a list would change, and that it is written as it was shown."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User

from cities.models import City
from networks.models import Membership, OrganisationMembership, Roll
from networks.rolls import comparing
from networks.rolls.comparing import Comparison
from networks.rolls.names import Names, country_words
from networks.rolls.reading import read, stored
from networks.rolls.writing import Meanwhile, write
from publishing.models import FormerSlug
from tests.factories import (
    make_city,
    make_country,
    make_membership,
    make_network,
    make_organisation,
    make_organisation_membership,
)

pytestmark = pytest.mark.django_db

SOURCE = "https://network.example/list"


def make_roll(network, text, earlier="", choices=None, **options):
    """A list as the form stores it; choices by the numbers of lines, and `left` for members who left."""
    countries = country_words()
    lines = read(text, countries)
    Names().find_near(lines)
    left = (choices := dict(choices or {})).pop("left", {})
    return Roll.objects.create(
        network=network,
        user=User.objects.get_or_create(username="anna")[0],
        lines=stored(lines),
        earlier=stored(read(earlier, countries)) if earlier else [],
        options={"role": "member", "is_complete": bool(earlier)} | options,
        choices={"lines": {str(number): choice for number, choice in choices.items()}, "left": left},
    )


def compare(text, network=None, **more):
    return Comparison(make_roll(network or make_network(), text, **more))


def outcomes(comparison):
    return [entry.outcome for entry in comparison.entries]


def written(roll):
    return write(roll, roll.user, Comparison(roll).mark)


def key(record):
    return f"{'city' if isinstance(record, City) else 'organisation'}:{record.pk}"


# Whom a line means


@pytest.mark.parametrize(
    "line",
    [
        "Gdańsk",
        "GDANSK",
        "gdansk",
        "Danzig",
        "Dantzig (Poland)",
        "Γκντανσκ",
        "City of Gdańsk",
        "miasto Gdańsk",
        "dancyk",
    ],
)
def test_a_municipality_is_found_by_any_of_its_names(line):
    country = make_country("Poland", "PL")
    city = make_city("Gdańsk", country=country, name_de="Danzig", name_fr="Dantzig", name_el="Γκντανσκ")
    FormerSlug.objects.create(kind="cities.city", slug="dancyk", record=city.pk)

    (entry,) = compare(line).entries

    assert entry.outcome == comparing.JOINS
    assert entry.candidate.key == key(city)


def test_organisations_and_drafts_are_found_as_well():
    organisation, draft = make_organisation("Harbour Watch"), make_city("Riace", status="draft")

    first, second = compare("harbour watch\nRiace").entries

    assert (first.candidate.key, second.candidate.key) == (key(organisation), key(draft))
    assert not second.candidate.is_public


@pytest.mark.parametrize("line", ["Muenchen", "München", "Munchen"])
def test_umlauts_may_be_written_without_them(line):
    city = make_city("München")

    assert compare(line).entries[0].candidate.key == key(city)


def test_a_name_in_two_countries_is_for_the_editor_to_decide():
    spain, argentina = make_country("Spain", "ES"), make_country("Argentina", "AR")
    here = make_city("Córdoba", country=spain)
    there = make_city("Córdoba", country=argentina, slug="cordoba-ar")

    both = compare("Cordoba").entries[0]
    named = compare("Cordoba (Argentina)").entries[0]
    by_default = compare("Cordoba", country="ES").entries[0]

    assert both.outcome == comparing.UNSURE
    assert {candidate.key for candidate in both.candidates} == {key(here), key(there)}
    assert named.candidate.key == key(there)
    assert by_default.candidate.key == key(here)


def test_a_name_that_is_here_in_another_country_only_is_unsure():
    make_country("Argentina", "AR")
    city = make_city("Córdoba", country=make_country("Spain", "ES"))

    (entry,) = compare("Cordoba (AR)").entries

    assert entry.outcome == comparing.UNSURE
    assert [candidate.key for candidate in entry.candidates] == [key(city)]
    assert entry.country == "AR"
    assert entry.slug == "cordoba-ar"


@pytest.mark.parametrize("line", ["Thesaloniki", "Thessalonikki", "Greater Thessaloniki"])
def test_a_name_that_is_only_like_one_is_unsure(line):
    city = make_city("Thessaloniki")
    make_city("Palermo")

    (entry,) = compare(line).entries

    assert entry.outcome == comparing.UNSURE
    assert [candidate.key for candidate in entry.candidates] == [key(city)]


def test_a_part_of_a_name_is_unsure():
    on_main, on_oder = make_city("Frankfurt am Main"), make_city("Frankfurt (Oder)")
    make_city("San Giorgio")

    part, whole, short = compare("Frankfurt\nFrankfurt (Oder)\nSan Marino").entries

    assert {candidate.key for candidate in part.candidates} == {key(on_main), key(on_oder)}
    assert whole.candidate.key == key(on_oder)
    assert short.outcome == comparing.UNKNOWN


def test_a_line_with_something_not_understood_is_never_sure():
    city = make_city("Palermo")

    (entry,) = compare("Palermo, Sicilia").entries

    assert entry.outcome == comparing.UNSURE
    assert [candidate.key for candidate in entry.candidates] == [key(city)]


def test_names_of_another_alphabet_are_unknown_and_said_to_be():
    make_city("Gdańsk"), make_city("Αθήνα")

    cyrillic, greek, latin = compare("Краснодар\nΠάτρα\nNowhere").entries

    assert {entry.outcome for entry in (cyrillic, greek, latin)} == {comparing.UNKNOWN}
    assert [entry.is_foreign for entry in (cyrillic, greek, latin)] == [True, False, False]
    assert (cyrillic.slug, latin.slug) == ("", "nowhere")


# What becomes of a line


def test_members_are_not_doubled_and_a_name_counts_once():
    network = make_network()
    member, other = make_city("Palermo"), make_city("Gdańsk")
    make_membership(network, member)

    comparison = compare("Palermo\nGdańsk\nGDANSK\nx, 1700", network)

    assert outcomes(comparison) == [
        comparing.PRESENT,
        comparing.JOINS,
        comparing.REPEATED,
        comparing.REFUSED,
    ]
    assert comparison.entries[2].first == 2
    assert other.memberships.count() == 0


def test_a_member_gets_only_what_is_not_known():
    network = make_network()
    bare = make_membership(network, make_city("Palermo"), verified=False, source_url="")
    known = make_membership(network, make_city("Gdańsk"), since=2010)

    comparison = compare("Palermo, 2012\nGdańsk, 2012", network, source=SOURCE, confirms=True, since=2000)

    assert outcomes(comparison) == [comparing.COMPLETED, comparing.PRESENT]
    assert comparison.entries[0].changes == {"since": 2012, "source_url": SOURCE, "verified": True}
    assert written(make_roll(network, "Palermo, 2012\nGdańsk", source=SOURCE, confirms=True)).completed == 1
    bare.refresh_from_db(), known.refresh_from_db()
    assert (bare.since, bare.source_url, bare.verified) == (2012, SOURCE, True)
    assert (known.since, known.source_url) == (2010, "https://network.example/members")


def test_years_that_contradict_what_is_known_change_nothing():
    network = make_network()
    make_membership(network, make_city("Palermo"), since=2015)

    assert outcomes(compare("Palermo; –2010", network)) == [comparing.PRESENT]


def test_what_the_list_says_otherwise_is_shown_and_not_written():
    network = make_network()
    make_membership(network, make_city("Palermo"), since=2015)

    (entry,) = compare("Palermo; founder; 2010", network).entries

    assert entry.outcome == comparing.PRESENT
    assert entry.differences == [("role", "Member", "Founding member"), ("since", 2015, 2010)]


def test_a_former_member_is_one_again_only_if_the_editor_says_so():
    network = make_network()
    membership = make_membership(network, make_city("Palermo"), since=2000, until=2010)
    roll = make_roll(network, "Palermo")

    assert outcomes(Comparison(roll)) == [comparing.FORMER]
    assert written(roll).completed == 0

    roll = make_roll(network, "Palermo", choices={1: {"again": True}})
    assert outcomes(Comparison(roll)) == [comparing.REJOINS]
    written(roll)
    membership.refresh_from_db()
    assert (membership.since, membership.until) == (2000, None)


def test_a_list_of_former_members_ends_and_adds_history():
    network = make_network()
    membership = make_membership(network, make_city("Palermo"))
    city = make_city("Gdańsk")

    written(make_roll(network, "Palermo; 2001–2010\nGdańsk; 2002-2011", since=2005))

    membership.refresh_from_db()
    assert (membership.since, membership.until) == (2001, 2010)
    assert city.memberships.values_list("since", "until").get() == (2002, 2011)


@pytest.mark.parametrize(
    ("choice", "outcome", "problem"),
    [
        ({"take": "new"}, comparing.UNKNOWN, "country"),
        ({"take": "new", "country": "Nowhere"}, comparing.UNKNOWN, "country"),
        ({"take": "new", "country": "Polska", "slug": "No Slug"}, comparing.UNKNOWN, "slug"),
        ({"take": "new", "country": "PL", "slug": "palermo"}, comparing.UNKNOWN, "taken"),
        ({"take": "new", "country": "PL", "slug": "kubla-khan"}, comparing.CREATED, ""),
        ({"take": "new", "country": "PL"}, comparing.CREATED, ""),
        ({"take": "named", "named": "Nobody"}, comparing.UNSURE, "named"),
        ({"named": "Palermo"}, comparing.JOINS, ""),
        ({"take": "leave"}, comparing.LEFT_OUT, ""),
        ({"take": "city:0"}, comparing.UNKNOWN, ""),
        ({"take": "nonsense"}, comparing.UNKNOWN, ""),
    ],
)
def test_an_unknown_name_is_for_the_editor_to_decide(choice, outcome, problem):
    make_country("Poland", "PL", name_pl="Polska")
    make_city("Palermo")

    (entry,) = compare("Xanadu", choices={1: choice}).entries

    if choice.get("take") == "named":
        outcome = comparing.UNKNOWN
    assert (entry.outcome, entry.problem) == (outcome, problem)


def test_two_lines_with_the_same_unknown_name_make_one_draft_for_each_country():
    make_country("Poland", "PL"), make_country("Italy", "IT")
    # The field for the short name was sent as it was shown.
    choices = {number: {"take": "new", "slug": "xanadu"} for number in (1, 2, 3)}

    first, again, other = compare("Xanadu (PL)\nXanadu (PL)\nXanadu (IT)", choices=choices).entries

    assert (first.outcome, again.outcome, other.outcome) == (
        comparing.CREATED,
        comparing.REPEATED,
        comparing.CREATED,
    )
    assert (first.slug, other.slug) == ("xanadu", "xanadu-it")


# Writing


def test_a_list_is_written_as_it_was_shown():
    network, country = make_network(), make_country("Poland", "PL")
    city, organisation = make_city("Palermo"), make_organisation("Harbour Watch")
    near = make_city("Thessaloniki")
    choices = {3: {"take": key(near)}, 4: {"take": "new", "country": "PL"}, 6: {"take": "leave"}}
    text = "Palermo; founder; 2001\nHarbour Watch\nThesaloniki\nXanadu\nNobody\nLeft out"
    roll = make_roll(network, text, choices=choices, source=SOURCE, confirms=True)

    writing = written(roll)

    assert (writing.added, writing.created, writing.completed, writing.ended) == (4, 1, 0, 0)
    founder = Membership.objects.get(city=city)
    assert (founder.role, founder.since, founder.source_url, founder.verified) == (
        "founder",
        2001,
        SOURCE,
        True,
    )
    assert Membership.objects.filter(city=near).count() == 1
    assert OrganisationMembership.objects.get().organisation == organisation
    draft = City.objects.get(slug="xanadu")
    assert (draft.local_name, draft.country, draft.status) == ("Xanadu", country, City.Status.DRAFT)
    assert draft.memberships.get().network == network
    assert not Roll.objects.exists()
    assert LogEntry.objects.count() == 5


def test_nothing_is_written_if_the_directory_has_changed_since_the_preview():
    network, city = make_network(), make_city("Palermo")
    make_city("Gdańsk")
    roll = make_roll(network, "Palermo\nGdańsk")
    mark = Comparison(roll).mark
    make_membership(network, city, since=1999)

    with pytest.raises(Meanwhile):
        write(roll, roll.user, mark)

    assert network.memberships.count() == 1
    assert Roll.objects.exists()
    assert written(roll).added == 1


def test_a_new_name_for_a_line_is_a_change_as_well():
    make_city("Palermo")
    roll = make_roll(make_network(), "Palermo")
    mark = Comparison(roll).mark
    make_city("Palermo", slug="palermo-2")

    with pytest.raises(Meanwhile):
        write(roll, roll.user, mark)


# Who left


def test_a_complete_list_shows_whom_it_does_not_name_and_nobody_is_deleted():
    network = make_network()
    palermo = make_membership(network, make_city("Palermo"), since=2010)
    gdansk = make_membership(network, make_city("Gdańsk"), since=2010)
    gone = make_membership(network, make_city("Riace"), until=2005)
    watch = make_organisation_membership(network, make_organisation("Harbour Watch"))
    roll = make_roll(network, "Palermo", is_complete=True)

    comparison = Comparison(roll)
    assert [leaver.name for leaver in comparison.leavers] == ["Gdańsk", "Harbour Watch"]
    assert written(roll).ended == 0

    years = {key(gdansk.city): 2020, key(watch.organisation): 2021}
    assert written(make_roll(network, "Palermo", is_complete=True, choices={"left": years})).ended == 2
    for membership in (palermo, gdansk, gone, watch):
        membership.refresh_from_db()
    assert [row.until for row in (palermo, gdansk, gone, watch)] == [None, 2020, 2005, 2021]


def test_nobody_leaves_a_list_that_is_not_complete():
    network = make_network()
    make_membership(network)
    make_city("Palermo")

    assert compare("Palermo", network).leavers == []


def test_who_may_be_meant_by_an_undecided_line_does_not_leave():
    network = make_network()
    membership = make_membership(network, make_city("Frankfurt am Main"))

    comparison = compare(
        "Frankfurt", network, is_complete=True, choices={"left": {key(membership.city): 2020}}
    )

    (leaver,) = comparison.leavers
    assert leaver.perhaps == 1
    assert not comparison.ending


def test_a_membership_does_not_end_before_it_began():
    network = make_network()
    membership = make_membership(network, make_city("Gdańsk"), since=2015)
    make_city("Palermo")

    comparison = compare("Palermo", network, is_complete=True, choices={"left": {key(membership.city): 2010}})

    assert comparison.flawed == comparison.leavers
    assert not comparison.ending


def test_two_lists_are_compared_with_each_other():
    network = make_network()
    stays, leaves = make_city("Palermo"), make_city("Gdańsk")
    make_membership(network, leaves)
    make_city("Riace")

    comparison = compare(
        "Palermo\nRiace\nXanadu", network, earlier="PALERMO\nDanzig\nGdańsk\nXanadu\nShangri-La"
    )

    joined = [entry.line.name for entry in comparison.entries if entry.is_joining]
    assert joined == ["Riace"]
    left = {leaver.name: leaver.can_end for leaver in comparison.leavers}
    assert left == {"Danzig": False, "Gdańsk": True, "Shangri-La": False}
    assert stays.memberships.count() == 0


def test_only_those_who_surely_joined_are_new_since_an_earlier_list():
    make_city("Thessaloniki"), make_city("Palermo")

    comparison = compare("Thesaloniki\nPalermo, 1700\nXanadu", earlier="Thessaloniki")

    assert [entry.line.name for entry in comparison.entries if entry.is_joining] == ["Xanadu"]


def test_the_same_names_are_found_in_a_constant_number_of_queries(django_assert_num_queries):
    network = make_network()
    cities = [make_city(f"Harbour {number}") for number in range(20)]
    for city in cities[:10]:
        make_membership(network, city)
    roll = make_roll(network, "\n".join(str(city) for city in cities), is_complete=True)

    with django_assert_num_queries(8):
        assert len(Comparison(roll).of(comparing.JOINS)) == 10
