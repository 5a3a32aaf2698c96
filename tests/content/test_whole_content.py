"""The content that comes with the project arrives as its description counts it."""

import io

import pytest
from django.core.management import call_command
from django.db.models import Count

from approaches.models import Approach, PolicyArea
from cities.models import City, Country, KeyFigure, Profile
from commitments.models import Commitment
from networks.models import Declaration, Initiative, Membership, Network, Organisation
from news.models import Event, News
from pages.models import Page
from publishing.languages import LANGUAGES, in_language
from publishing.sorting import sort_key

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("content")]

COUNTS = [
    (Country, 70),
    (City, 667),
    (Profile, 28),
    (Network, 33),
    (Membership, 1122),
    (Organisation, 37),
    (Initiative, 7),
    (Declaration, 9),
    (PolicyArea, 6),
    (Approach, 50),
    (Commitment, 9),
    (News, 2),
    (Event, 1),
    (Page, 5),
]
REPORTED = {
    "countries": "70",
    "cities": "667",
    "countries with municipalities": "58",
    "names in other languages": "1,030",
    "city profiles": "28",
    "networks": "33",
    "memberships": "1,122",
    "confirmed memberships": "843",
    "organisations": "37",
    "initiatives": "7",
    "declarations": "9",
    "policy areas": "6",
    "local approaches": "50",
    "commitments": "9",
    "news": "2",
    "events": "1",
    "pages": "5",
}


@pytest.mark.parametrize(("model", "number"), COUNTS)
def test_every_record_arrives(model, number):
    assert model._base_manager.count() == number


def test_the_import_reports_the_same_numbers_and_finds_nothing_to_change():
    output = io.StringIO()

    call_command("import_content", verbosity=0, stdout=output)

    *counts, last = output.getvalue().splitlines()
    assert {what: number for number, what in (line.split(maxsplit=1) for line in counts)} == REPORTED
    assert last == "0 entries are new, 0 have changed."


def test_municipalities_lie_in_58_countries():
    assert Country.objects.filter(cities__isnull=False).distinct().count() == 58


def test_profiles_are_of_ten_countries():
    assert Profile.objects.values("city__country").distinct().count() == 10


def test_names_in_other_languages_arrive():
    names = [in_language("name", language) for language in LANGUAGES]

    assert sum(City.objects.aggregate(**{name: Count(name) for name in names}).values()) == 1030


def test_confirmed_memberships_have_a_source():
    assert Membership.objects.filter(verified=True).count() == 843
    assert not Membership.objects.filter(verified=True, source_url="").exists()


def test_everything_is_public():
    for model in (
        City,
        Profile,
        Network,
        Organisation,
        Initiative,
        Declaration,
        Approach,
        Commitment,
        News,
        Page,
    ):
        assert model.objects.published().count() == model.objects.count(), model


def test_every_profile_and_approach_names_its_sources():
    assert not Profile.objects.filter(sources=None).exists()
    assert not Approach.objects.filter(sources=None).exists()
    assert not KeyFigure.objects.filter(source=None).exists()


def test_every_profile_is_written_in_every_language():
    for profile in Profile.objects.all():
        assert profile.languages == list(LANGUAGES), profile


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_name_has_a_place_in_the_alphabet(language):
    for model in (City, Country, Network, Organisation, Approach):
        without = [
            record for record in model.objects.all() if not sort_key(record.name_in(language), language)
        ]

        assert without == [], model


def test_a_corrected_membership_is_not_older_than_its_network():
    assert Membership.objects.get(network__slug="icorn", city__slug="goteborg").since is None


def test_a_title_in_english_only_is_english_only():
    initiative = Initiative.objects.get(slug="intercultural-competence-ukraine-2020")

    assert initiative.title_en
    assert [getattr(initiative, in_language("title", language)) for language in LANGUAGES[1:]] == [None] * 6


def test_every_municipality_is_on_the_map():
    assert City.objects.on_map().count() == 667
