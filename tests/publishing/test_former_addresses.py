"""Whoever knows an old address of a record still finds it."""

import pytest
from django.http import Http404
from django.utils.translation import override

from cities.models import City
from networks.models import Network
from publishing.addresses import in_language, record_or_redirect
from publishing.models import FormerSlug
from tests.factories import make_city, make_network

pytestmark = pytest.mark.django_db


def rename(record, slug):
    record.slug = slug
    record.save()


def cities():
    return City.objects.published()


def networks():
    return Network.objects.published()


def find(slug, records=cities):
    return record_or_redirect(records, slug)


def test_a_former_address_leads_to_the_record_for_good():
    rename(make_city(slug="danzig"), "gdansk")

    record, moved = find("danzig")

    assert record is None
    assert moved.status_code == 301
    assert moved.url == in_language("cities:detail", "en", slug="gdansk")


def test_a_former_address_leads_to_the_page_in_the_same_language():
    rename(make_city(slug="danzig"), "gdansk")

    with override("de"):
        _record, moved = find("danzig")

    assert moved.url == in_language("cities:detail", "de", slug="gdansk")


def test_every_former_address_leads_to_the_newest_one():
    city = make_city(slug="first")
    rename(city, "second")
    rename(city, "third")

    assert [find(slug)[1].url for slug in ("first", "second")] == [city.get_absolute_url()] * 2


def test_a_new_record_may_take_a_former_address():
    rename(make_city(slug="newcastle"), "newcastle-upon-tyne")
    new = make_city(slug="newcastle")

    assert find("newcastle") == (new, None)


def test_an_address_that_two_records_had_leads_to_the_later_one():
    rename(make_city(slug="newcastle"), "newcastle-upon-tyne")
    later = make_city(slug="newcastle")
    rename(later, "newcastle-under-lyme")

    assert find("newcastle")[1].url == later.get_absolute_url()


def test_a_record_that_gets_its_old_address_back_is_found_there():
    city = make_city(slug="gdansk")
    rename(city, "danzig")
    rename(city, "gdansk")

    assert find("gdansk") == (city, None)
    assert find("danzig")[1].url == city.get_absolute_url()


def test_kinds_of_record_do_not_share_former_addresses():
    rename(make_network(slug="solidarity"), "solidarity-cities")

    with pytest.raises(Http404):
        find("solidarity")
    assert find("solidarity", networks)[1] is not None


def test_a_draft_leaves_no_former_address():
    rename(make_city(slug="danzig", status="draft"), "gdansk")

    assert not FormerSlug.objects.exists()


def test_a_hidden_record_is_not_given_away_by_its_former_address():
    city = make_city(slug="danzig")
    rename(city, "gdansk")
    City.objects.all().archive()

    with pytest.raises(Http404):
        find("danzig")


def test_an_address_that_nothing_ever_had_is_not_found():
    with pytest.raises(Http404):
        find("atlantis")


def test_the_page_of_a_former_address_redirects(client):
    rename(make_city(slug="danzig"), "gdansk")

    response = client.get(in_language("cities:detail", "pl", slug="danzig"))

    assert response.status_code == 301
    assert response.url == in_language("cities:detail", "pl", slug="gdansk")
