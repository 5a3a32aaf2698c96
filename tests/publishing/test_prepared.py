"""A record whose SQL is kept is the same as one that the ORM fetches."""

import pytest
from django.db.models import CharField
from django.db.models.functions import Upper

from cities.models import City
from publishing.prepared import Parameter, ask_record
from tests.factories import make_city, make_country

pytestmark = pytest.mark.django_db


def shouted(slug):
    """A city with its country and an annotation, by its slug."""

    def build():
        cities = City.objects.published().select_related("country").annotate(shouted=Upper("local_name"))
        return cities.filter(slug=Parameter("slug", CharField()))

    return ask_record("shouted", build, slug=slug)


def test_a_record_brings_its_related_records_and_annotations(django_assert_num_queries):
    city = make_city("Bari", country=make_country("Italy"))

    with django_assert_num_queries(1):
        found = shouted("bari")

        assert found == city
        assert found.country.name == "Italy"
        assert found.shouted == "BARI"


def test_a_record_that_is_not_there_is_none():
    assert shouted("nowhere") is None


def test_the_answer_is_never_kept():
    city = make_city("Bari")
    assert shouted("bari").population is None

    City.objects.filter(pk=city.pk).update(population=320_000)

    assert shouted("bari").population == 320_000
