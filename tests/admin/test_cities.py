"""Municipalities in the admin: the point, the names, what the database refuses."""

import json

import pytest
from django.utils.translation import override

from cities.models import City
from networks.models import Membership
from tests.factories import make_city, make_country, make_membership, make_network

ADD = "/admin/cities/city/add/"


def change(city):
    return f"/admin/cities/city/{city.pk}/change/"


def point(longitude, latitude):
    return json.dumps({"type": "Point", "coordinates": [longitude, latitude]})


@pytest.fixture
def new_city(db):
    return {"local_name": "Łódź", "slug": "lodz", "country": make_country().pk, "status": "published"}


def test_a_city_with_a_point_in_two_languages_is_on_the_site(submit, editing, new_city):
    response = submit(
        ADD,
        **new_city,
        name_de="Lodsch",
        name_it="Lodz",
        latitude="51.77",
        longitude="19.45",
        point=point(19.45, 51.77),
    )

    city = City.objects.get()
    assert response.status_code == 302
    assert (city.latitude, city.longitude) == (51.77, 19.45)
    assert (city.name_de, city.name_it, city.name_en) == ("Lodsch", "Lodz", None)
    with override("de"):
        assert "Lodsch" in editing.get(city.get_absolute_url()).content.decode()


def test_a_point_on_the_map_gives_the_numbers(submit, new_city):
    submit(ADD, **new_city, point=point(19.45, 51.77))

    city = City.objects.get()
    assert (city.latitude, city.longitude) == (51.77, 19.45)


def test_numbers_that_are_typed_win_over_the_map(submit):
    city = make_city(latitude=51.77, longitude=19.45)

    submit(change(city), latitude="51.8", point=point(0, 0))

    city.refresh_from_db()
    assert (city.latitude, city.longitude) == (51.8, 19.45)


def test_a_point_is_taken_away_with_both_numbers(submit):
    city = make_city(latitude=51.77, longitude=19.45)

    submit(change(city), latitude="", longitude="", point="")

    city.refresh_from_db()
    assert (city.latitude, city.longitude) == (None, None)


@pytest.mark.parametrize(
    ("wrong", "field", "message"),
    [
        ({"latitude": "51.77"}, "longitude", "Give both latitude and longitude, or neither."),
        ({"longitude": "19.45"}, "longitude", "Give both latitude and longitude, or neither."),
        (
            {"latitude": "91", "longitude": "19"},
            "longitude",
            "Latitude goes from −90 to 90, longitude from −180 to 180.",
        ),
        ({"population_year": "2020"}, "population_year", "The year of the population needs the population."),
        ({"slug": "taken"}, "slug", "Another entry of this kind has this address already."),
        (
            {"slug": "Łódź"},
            "slug",
            "A short name in an address has lower-case letters a–z, digits and single hyphens only.",
        ),
    ],
)
def test_what_the_database_refuses_is_said_beside_its_field(submit, errors, new_city, wrong, field, message):
    make_city(slug="taken")

    response = submit(ADD, **new_city | wrong)

    assert message in errors(response)[field]
    assert not City.objects.filter(local_name="Łódź").exists()


def test_a_geometry_that_is_none_is_refused_kindly(submit, errors, new_city):
    response = submit(ADD, **new_city, point="{not a point")

    assert "point" in errors(response)


def test_a_membership_is_given_once(submit, errors):
    membership = make_membership(city=make_city())

    response = submit(
        change(membership.city),
        **{
            "memberships-TOTAL_FORMS": "2",
            "memberships-1-network": str(membership.network_id),
            "memberships-1-role": "member",
        },
    )

    assert response.status_code == 200
    assert Membership.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "field", "message"),
    [
        ({"since": "2020", "until": "2019"}, "until", "The end must not be before the start."),
        ({"verified": "on"}, "verified", "Only a membership with a source can be confirmed."),
    ],
)
def test_what_is_wrong_with_a_membership_is_said_in_its_row(submit, errors, wrong, field, message):
    city = make_city()
    row = {"network": str(make_network().pk), "role": "member"} | wrong

    response = submit(
        change(city),
        **{"memberships-TOTAL_FORMS": "1"} | {f"memberships-0-{name}": value for name, value in row.items()},
    )

    assert errors(response) == {f"memberships-0-{field}": [message]}


def test_a_membership_that_exists_is_refused_in_its_own_form(submit, errors):
    membership = make_membership()

    response = submit(
        "/admin/networks/membership/add/", network=str(membership.network_id), city=str(membership.city_id)
    )

    assert errors(response) == {"city": ["This municipality is in this network already."]}


@pytest.mark.parametrize("typed", ["Łódź", "lodz", "Lodsch", "LOD"])
def test_a_city_is_found_by_any_of_its_names_and_without_accents(editing, typed):
    city = make_city("Łódź", name_de="Lodsch")
    make_city("Palermo")

    page = editing.get("/admin/cities/city/", {"q": typed}).content.decode()
    offered = editing.get(
        "/admin/autocomplete/",
        {"app_label": "networks", "model_name": "membership", "field_name": "city", "term": typed},
    ).json()

    assert "Łódź" in page
    assert "Palermo" not in page
    assert [choice["id"] for choice in offered["results"]] == [str(city.pk)]


@pytest.mark.parametrize(("language", "path"), [("en", "/en/"), ("pl", "/pl/"), ("el", "/el/")])
def test_the_public_page_is_a_click_away_in_the_editors_language(editing, language, path):
    city = make_city("Łódź", slug="lodz")
    editing.cookies["language"] = language

    response = editing.get(change(city))

    assert response.context["absolute_url"].startswith(path)
    assert editing.get(response.context["absolute_url"]).status_code == 200


def test_a_draft_has_no_public_page_and_the_form_says_so(editing):
    response = editing.get(change(make_city(status="draft")))

    assert response.context["absolute_url"] is None
    assert "Not public, so there is no page to view." in response.content.decode()


def test_a_citys_form_leads_to_the_entries_that_name_it(editing):
    membership = make_membership()

    page = editing.get(change(membership.city)).content.decode()

    address = f"/admin/networks/membership/?city__id__exact={membership.city_id}"
    assert address in page
    assert str(membership.network) in editing.get(address).content.decode()
