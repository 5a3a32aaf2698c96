"""A place of a commitment leads to the municipality of the directory that it is."""

import pytest

from tests.factories import make_city, make_commitment, make_country

pytestmark = pytest.mark.django_db


def test_a_place_that_is_in_the_directory_is_a_link(client):
    argentina = make_country("Argentina", "AR")
    make_city("Buenos Aires", country=argentina)
    commitment = make_commitment()
    commitment.places.create(name="Buenos Aires", country=argentina)
    commitment.places.create(name="Rosario", country=argentina)

    page = client.get(commitment.get_absolute_url()).content.decode()

    assert 'href="/en/cities/buenos-aires/"' in page
    assert "Rosario" in page
    assert "/rosario/" not in page
