"""The start page: what this is, how much there is of it, and the ways into it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from tests.factories import (
    make_approach,
    make_city,
    make_country,
    make_event,
    make_membership,
    make_network,
    make_news,
    make_policy_area,
    make_profile,
)

pytestmark = pytest.mark.django_db


def home(client, language="en"):
    response = client.get(f"/{language}/")
    assert response.status_code == 200
    return response.content.decode()


def section(text, name):
    """One section of the page by the id of its heading."""
    return text.split(f'aria-labelledby="{name}"')[1].split("</section>")[0]


def test_it_says_what_this_is_and_counts_what_there_is(client):
    poland = make_country("Poland", "PL")
    gdansk = make_city("Gdańsk", country=poland, latitude=54.35, longitude=18.65)
    make_city("Sopot", country=poland, latitude=54.44, longitude=18.56)
    make_membership(make_network(), gdansk)
    make_approach(city=gdansk, policy_areas=[make_policy_area()])

    text = home(client)

    assert "Where states stand still, cities move." in text
    assert '<a href="/en/cities/">2 municipalities</a> in <a href="#countries">1 country</a>' in text
    assert '<a href="/en/networks/">1 network</a> and <a href="/en/approaches/">1 local approach</a>' in text
    assert 'aria-label="Map of 2 municipalities"' in text


def test_what_is_not_public_does_not_count(client):
    make_city("Gdańsk")
    hidden = make_city("Hidden", status="draft", country=make_country("Atlantis"))
    make_approach("Hidden approach", city=hidden, policy_areas=[make_policy_area()])
    make_network("Hidden network", status="review")
    make_news("Hidden news", status="draft")
    make_event("Hidden event", status="draft")

    text = home(client)

    assert "1 municipality</a>" in text
    assert "0 networks</a>" in text
    assert "0 local approaches</a>" in text
    for name in ["Hidden", "Atlantis"]:
        assert name not in text


def test_each_country_presents_its_newest_profile(client):
    italy, poland = make_country("Italy", "IT"), make_country("Poland", "PL")
    for name, country, day in [("Palermo", italy, 1), ("Napoli", italy, 3), ("Gdańsk", poland, 2)]:
        published = datetime(2024, 1, day, tzinfo=UTC)
        make_profile(make_city(name, country=country), published_at=published)

    featured = section(home(client), "featured")

    assert featured.index("Napoli") < featured.index("Gdańsk")
    assert "Palermo" not in featured
    assert '<a href="/en/cities/?featured=yes">All 3 featured cities</a>' in featured


def test_of_profiles_of_one_day_the_city_with_more_approaches_comes_first(client):
    country = make_country()
    day = datetime(2024, 1, 1, tzinfo=UTC)
    make_profile(make_city("Aachen", country=country), published_at=day)
    berlin = make_city("Berlin", country=country)
    make_profile(berlin, published_at=day)
    make_approach(city=berlin)

    featured = section(home(client), "featured")

    assert "Berlin" in featured
    assert "Aachen" not in featured


def test_a_featured_city_without_a_place_has_no_picture(client):
    make_profile(make_city("Nowhere"))
    make_profile(make_city("Palermo", latitude=38.1, longitude=13.4))

    featured = section(home(client), "featured")

    assert "Nowhere" in featured
    assert featured.count('class="locator"') == 1


def test_the_networks_with_most_members_now_come_first(client):
    small, large, former = make_network("Small"), make_network("Large"), make_network("Former")
    make_membership(small)
    for _number in range(2):
        make_membership(large)
    for _number in range(3):
        make_membership(former, until=2020)
    make_membership(small, make_city("Hidden", status="draft"))

    networks = section(home(client), "networks")

    assert networks.index("Large") < networks.index("Small") < networks.index("Former")
    assert "<strong>2</strong> members" in networks
    assert "<strong>1</strong> member<" in networks
    assert "<strong>0</strong> members<" in networks


def test_policy_areas_count_their_public_approaches(client):
    area = make_policy_area("Arrival")
    make_approach(policy_areas=[area])
    make_approach(policy_areas=[area], status="draft")

    areas = section(home(client), "areas")

    assert "Arrival" in areas
    assert "1 local approach</span>" in areas


def test_a_past_event_is_not_advertised(client):
    make_event("Long ago", start=datetime(2021, 10, 21, 8, tzinfo=UTC))

    text = home(client)

    assert "Long ago" not in text
    assert "No event is coming up." in text
    assert '<a href="/en/events/">All events</a>' in text


def test_news_and_the_next_events_are_the_latest_and_the_nearest(client):
    for year in range(2020, 2025):
        make_news(f"News of {year}", date=str(year))
    for days in range(1, 6):
        make_event(f"Event {days}", start=timezone.now() + timedelta(days=days))

    text = home(client)

    assert [year for year in range(2020, 2025) if f"News of {year}" in text] == [2022, 2023, 2024]
    assert [days for days in range(1, 6) if f"Event {days}" in text] == [1, 2, 3]


def test_an_empty_directory_still_has_a_start_page(client):
    assert "0 municipalities</a>" in home(client)


@pytest.mark.parametrize("records", [1, 20])
def test_it_takes_two_queries_however_much_there_is(client, records, django_assert_num_queries):
    area = make_policy_area()
    for _number in range(records):
        city = make_city(latitude=50, longitude=10)
        make_profile(city)
        make_membership(make_network(), city)
        make_approach(city=city, policy_areas=[area])
        make_news()
        make_event()

    with django_assert_num_queries(2):
        home(client)
