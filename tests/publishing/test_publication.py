"""Only what is published, and whose date has come, is public."""

from datetime import timedelta

import pytest
from django.utils import timezone

from approaches.models import Approach
from cities.models import City
from networks.models import Membership
from publishing.gather import count_along
from publishing.models import Publishable, public_along
from tests.factories import make_approach, make_city, make_membership, make_network, make_profile

pytestmark = pytest.mark.django_db
Status = Publishable.Status


@pytest.mark.parametrize("status", [Status.DRAFT, Status.REVIEW, Status.ARCHIVED])
def test_what_is_not_published_stays_hidden(status):
    city = make_city(status=status, published_at=timezone.now() - timedelta(days=1))

    assert not City.objects.published().exists()
    assert not city.is_public()


def test_a_date_in_the_future_keeps_a_record_hidden_until_then():
    city = make_city(published_at=timezone.now() + timedelta(minutes=1))

    assert not City.objects.published().exists()
    assert not city.is_public()


def test_a_record_without_a_date_is_public_from_the_moment_it_is_published():
    city = make_city(status=Status.DRAFT)

    city.status = Status.PUBLISHED
    city.save()

    assert city.is_public()
    assert city.published_at <= timezone.now()


def test_the_date_is_kept_even_if_only_the_status_is_saved():
    city = make_city(status=Status.DRAFT)

    city.status = Status.PUBLISHED
    city.save(update_fields=["status"])

    city.refresh_from_db()
    assert city.published_at is not None


def test_publishing_a_selection_makes_all_of_it_public():
    make_city(status=Status.DRAFT)
    make_city(status=Status.REVIEW)

    City.objects.filter(published_at=None).publish()

    assert [city.is_public() for city in City.objects.all()] == [True, True]


def test_publishing_keeps_a_date_that_an_editor_has_set():
    tomorrow = timezone.now() + timedelta(days=1)
    make_city(status=Status.DRAFT, published_at=tomorrow)

    City.objects.all().publish()

    city = City.objects.get()
    assert city.status == Status.PUBLISHED
    assert city.published_at == tomorrow


def test_an_archived_record_is_no_longer_public():
    make_city()

    City.objects.all().archive()

    assert not City.objects.published().exists()


def test_an_approach_is_public_only_with_its_city():
    make_approach("Of a public city")
    make_approach("Of a draft", city=make_city(status=Status.DRAFT))

    assert [str(approach) for approach in Approach.objects.published()] == ["Of a public city"]


def test_a_membership_is_public_only_with_its_network_and_its_city():
    make_membership(city=make_city(status=Status.DRAFT))
    make_membership(network=make_network(status=Status.DRAFT))
    seen = make_membership()

    assert list(Membership.objects.published()) == [seen]


def test_a_city_is_featured_only_while_its_profile_is_public():
    make_profile(status=Status.DRAFT)
    make_profile(published_at=timezone.now() + timedelta(days=1))
    featured = make_profile().city

    assert list(City.objects.featured()) == [featured]
    assert [city.public_profile is not None for city in City.objects.order_by("pk")] == [False, False, True]


def test_a_way_along_relations_passes_public_records_only():
    city = make_city()
    make_membership(city=city)
    make_membership(city=city, network=make_network(status=Status.ARCHIVED))

    networks = City.objects.filter(public_along(City, "memberships__network"))

    assert networks.count() == 1
    assert City.objects.annotate(n=count_along(City, "memberships", "network")).get().n == 1


def test_counts_of_public_records_start_at_zero():
    make_city()

    assert City.objects.annotate(n=count_along(City, "approaches")).get().n == 0
