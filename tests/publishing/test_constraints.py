"""What must never break is refused by the database itself, and editors are told before that in their own words."""

from datetime import date, timedelta

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError, RestrictedError
from django.utils import timezone

from cities.models import City
from publishing.models import FormerSlug, ImportedEntry, Reading, Translation
from search.models import Document, Miss
from tests import factories
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
    make_organisation_membership,
    make_page,
    make_person,
    make_policy_area,
    make_profile,
    make_synonym,
)
from translating.models import Claim

OURS = [
    "publishing",
    "cities",
    "networks",
    "approaches",
    "commitments",
    "news",
    "translating",
    "search",
    "pages",
]
END_BEFORE_START = "The end must not be before the start."


def figure():
    return make_profile(figures=[{}]).key_figures.get()


def pair():
    return make_initiative(pairs=[(make_city(), make_city())]).pairs.get()


def missing_translation():
    return Translation.objects.create(
        kind="cities.city",
        record=next(factories.numbers),
        field="name",
        language="pl",
        entry_kind="cities.city",
        entry=1,
        state=Translation.State.MISSING,
        original_changed_at=timezone.now(),
    )


def claim():
    return Claim.objects.create(
        kind="cities.city",
        entry=1,
        language="pl",
        user=make_person(f"Person {next(factories.numbers)}", "Translators"),
        since=timezone.now(),
        seen_at=timezone.now(),
    )


def miss():
    return Miss.objects.create(text=f"word {next(factories.numbers)}", language="pl", day=date(2026, 11, 22))


def document():
    """One that no record has; the index leaves it alone."""
    return Document.objects.create(
        key=f"invented:{next(factories.numbers)}",
        kind="cities",
        place=0,
        names=[],
        texts={},
        related=[],
        shown={},
    )


def second_of(first, *same, **different):
    """A record, and the values that would make it say what another one says already."""

    def case():
        one, two = first(), first()
        return two, {name: getattr(one, name) for name in same} | different

    return case


def breaks(make, **values):
    """A record, and values that it must not have."""

    def case():
        return make(), {name: value() if callable(value) else value for name, value in values.items()}

    return case


# Constraint → how to break it, and what an editor reads then.
CASES = {
    "country_code_is_two_capitals": (
        [breaks(make_country, code="pl"), breaks(make_country, code="P"), breaks(make_country, code="P1")],
        "A country code is two capital letters: PL.",
    ),
    "city_point_is_whole": (
        [breaks(make_city, latitude=54.35), breaks(make_city, longitude=18.65)],
        "Give both latitude and longitude, or neither.",
    ),
    "city_point_is_on_earth": (
        [
            breaks(make_city, latitude=90.1, longitude=0),
            breaks(make_city, latitude=-91, longitude=0),
            breaks(make_city, latitude=0, longitude=180.1),
            breaks(make_city, latitude=0, longitude=-181),
        ],
        "Latitude goes from −90 to 90, longitude from −180 to 180.",
    ),
    "city_population_year_needs_population": (
        [breaks(make_city, population_year=2020)],
        "The year of the population needs the population.",
    ),
    "key_figure_unit_is_known": (
        [breaks(figure, unit="people"), breaks(figure, unit="eur"), breaks(figure, unit="EURO")],
        "The unit is empty, “percent”, or three capital letters of a currency.",
    ),
    "key_figure_share_is_a_percentage": (
        [breaks(figure, share=100.5), breaks(figure, share=-1)],
        "A share lies between 0 and 100 percent.",
    ),
    "network_country_if_national": (
        [breaks(make_network, scope="national"), breaks(make_network, country=make_country)],
        "A national network has a country, and no other network has one.",
    ),
    "membership_once": (
        [second_of(make_membership, "network", "city")],
        "This municipality is in this network already.",
    ),
    "membership_end_not_before_start": ([breaks(make_membership, since=2016, until=2015)], END_BEFORE_START),
    "membership_confirmed_with_source": (
        [breaks(make_membership, source_url="")],
        "Only a membership with a source can be confirmed.",
    ),
    "organisation_membership_once": (
        [second_of(make_organisation_membership, "network", "organisation")],
        "This organisation is in this network already.",
    ),
    "organisationmembership_end_not_before_start": (
        [breaks(make_organisation_membership, since=2016, until=2015)],
        END_BEFORE_START,
    ),
    "organisationmembership_confirmed_with_source": (
        [breaks(make_organisation_membership, source_url="")],
        "Only a membership with a source can be confirmed.",
    ),
    "synonym_once": (
        [second_of(lambda: make_synonym("word"), "area", "language", "word")],
        "The policy area has this word already.",
    ),
    "miss_once": ([second_of(miss, "text", "language", "day")], None),
    "document_once": ([second_of(document, "key", "since")], None),
    "participation_once": (
        [second_of(lambda: make_initiative(cities=[make_city()]).participations.get(), "initiative", "city")],
        "This municipality takes part already.",
    ),
    "mentoring_pair_once": (
        [second_of(pair, "initiative", "first", "second")],
        "This pair is named already.",
    ),
    "signature_once": (
        [
            second_of(
                lambda: make_declaration(signatories=[make_city()]).signatures.get(), "declaration", "city"
            )
        ],
        "This municipality is named as a signatory already.",
    ),
    "initiative_end_not_before_start": (
        [breaks(make_initiative, started="2016", ended="2015")],
        END_BEFORE_START,
    ),
    "approach_end_not_before_start": (
        [breaks(make_approach, started="2016", ended="2015")],
        END_BEFORE_START,
    ),
    "commitment_end_not_before_start": (
        [breaks(make_commitment, started="2016", ended="2015")],
        END_BEFORE_START,
    ),
    "event_end_not_before_start": (
        [breaks(make_event, end=lambda: timezone.now() - timedelta(days=1))],
        END_BEFORE_START,
    ),
    "news_names_city_once": (
        [second_of(lambda: make_news(cities=[make_city()]).city_links.get(), "news", "city")],
        None,
    ),
    "event_names_city_once": (
        [second_of(lambda: make_event(cities=[make_city()]).city_links.get(), "event", "city")],
        None,
    ),
    "former_slug_leads_to_one_record": (
        [
            second_of(
                lambda: FormerSlug.objects.create(
                    kind="cities.city", slug=f"city-{next(factories.numbers)}", record=1
                ),
                "slug",
            )
        ],
        None,
    ),
    "imported_entry_once": (
        [
            second_of(
                lambda: ImportedEntry.objects.create(file="a.yaml", key=next(factories.numbers), digest=""),
                "key",
            )
        ],
        None,
    ),
    "translation_once": ([second_of(missing_translation, "record")], None),
    "reading_once": (
        [
            second_of(
                lambda: Reading.objects.create(
                    kind="cities.city", record=next(factories.numbers), month=date(2026, 11, 1)
                ),
                "record",
            )
        ],
        None,
    ),
    "claim_once": ([second_of(claim, "user")], None),
}
# Tested on their own below.
OTHERS = {"mentoring_pair_of_two", "key_figure_source_of_same_profile", "profile_source_with_its_profile"}

every_case = pytest.mark.parametrize(
    ("case", "message"),
    [
        pytest.param(case, message, id=f"{name}-{number}")
        for name, (cases, message) in CASES.items()
        for number, case in enumerate(cases)
    ],
)


def test_every_constraint_is_broken_by_a_test():
    named = {
        constraint.name
        for app in OURS
        for model in apps.get_app_config(app).get_models()
        for constraint in model._meta.constraints
    }

    assert named == set(CASES) | OTHERS


@pytest.mark.django_db
@every_case
def test_the_database_refuses(case, message):
    record, values = case()

    with pytest.raises(IntegrityError), transaction.atomic():
        type(record)._base_manager.filter(pk=record.pk).update(**values)


@pytest.mark.django_db
@every_case
def test_an_editor_is_told_first(case, message):
    record, values = case()
    for name, value in values.items():
        setattr(record, name, value)

    with pytest.raises(ValidationError) as caught:
        record.full_clean()

    assert message is None or message in caught.value.messages


@pytest.mark.django_db
def test_a_pair_is_made_of_two_cities():
    two = pair()

    two.second = two.first
    with pytest.raises(ValidationError, match="A pair is made of two different municipalities"):
        two.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        two.save()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "make",
    [
        make_city,
        make_network,
        make_organisation,
        make_initiative,
        make_declaration,
        make_policy_area,
        make_approach,
        make_commitment,
        make_news,
        make_event,
    ],
)
def test_an_address_belongs_to_one_record_of_a_kind(make):
    make(slug="same")
    other = make()

    other.slug = "same"
    with pytest.raises(ValidationError) as caught:
        other.full_clean()
    assert caught.value.messages == ["Another entry of this kind has this address already."]
    with pytest.raises(IntegrityError), transaction.atomic():
        type(other)._base_manager.filter(pk=other.pk).update(slug="same")


@pytest.mark.django_db
def test_different_kinds_may_share_an_address():
    make_city(slug="same")

    assert make_network(slug="same").pk


@pytest.mark.django_db
@pytest.mark.parametrize(
    "slug", ["Gdańsk", "gdansk-", "-gdansk", "gdansk--1", "gda nsk", "GDANSK", "gdansk\n", "a_b"]
)
def test_an_address_is_plain(slug):
    city = make_city()

    city.slug = slug
    with pytest.raises(ValidationError) as caught:
        city.full_clean()

    assert "slug" in caught.value.message_dict


@pytest.mark.django_db
def test_a_city_has_one_profile():
    city = make_profile().city

    with pytest.raises(IntegrityError), transaction.atomic():
        make_profile(city)


@pytest.mark.django_db
def test_a_page_exists_once():
    make_page("about")

    with pytest.raises(IntegrityError), transaction.atomic():
        make_page("about")


# The source of a key figure belongs to the figure's profile


@pytest.mark.django_db
def test_an_editor_is_told_that_a_source_belongs_to_another_profile():
    wrong = figure()
    wrong.source = make_profile().sources.get()

    with pytest.raises(ValidationError) as caught:
        wrong.full_clean()

    assert caught.value.message_dict == {
        "source": ["The source of a key figure must be one of the same profile."]
    }


@pytest.mark.django_db(transaction=True)
def test_the_database_refuses_the_source_of_another_profile():
    wrong = figure()
    stranger = make_profile().sources.get()

    with pytest.raises(IntegrityError):
        type(wrong).objects.filter(pk=wrong.pk).update(source=stranger)
    with pytest.raises(IntegrityError):
        type(stranger).objects.filter(pk=wrong.source_id).update(profile=stranger.profile)
    with pytest.raises(IntegrityError), transaction.atomic():
        type(wrong).objects.filter(pk=wrong.pk).update(profile=stranger.profile)

    assert type(wrong).objects.get().source_id == wrong.source_id


@pytest.mark.django_db(transaction=True)
def test_a_profile_and_its_source_may_change_together_in_one_transaction():
    moved = figure()
    other = make_profile(sources=[])

    with transaction.atomic():
        type(moved).objects.filter(pk=moved.pk).update(profile=other)
        moved.profile.sources.update(profile=other)

    assert type(moved).objects.get().profile == other


@pytest.mark.django_db
def test_a_source_with_a_figure_cannot_be_deleted():
    cited = figure().source

    with pytest.raises((ProtectedError, RestrictedError)):
        cited.delete()


@pytest.mark.django_db
def test_every_named_constraint_is_in_the_database():
    with connection.cursor() as cursor:
        found = set()
        for model in [City, type(figure()), type(make_membership())]:
            found |= set(connection.introspection.get_constraints(cursor, model._meta.db_table))

    assert {"city_point_is_whole", "key_figure_unit_is_known", "membership_once"} <= found


# What is named elsewhere stays


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name_it",
    [
        lambda city: make_membership(city=city),
        lambda city: make_organisation(city=city),
        lambda city: make_initiative(cities=[city]),
        lambda city: make_initiative(pairs=[(make_city(), city)]),
        lambda city: make_declaration(signatories=[city]),
        lambda city: make_approach(city=city),
        lambda city: make_profile(city),
        lambda city: make_news(cities=[city]),
        lambda city: make_event(cities=[city]),
    ],
)
def test_a_city_that_is_named_elsewhere_cannot_be_deleted(name_it):
    city = make_city()
    name_it(city)

    with pytest.raises(ProtectedError) as caught:
        city.delete()

    assert caught.value.protected_objects
    assert City.objects.filter(pk=city.pk).exists()


@pytest.mark.django_db
def test_a_city_that_nothing_names_can_be_deleted():
    make_city().delete()

    assert not City.objects.exists()
