"""The page of an approach."""

import re

import pytest

from publishing.addresses import in_language
from tests.factories import (
    make_approach,
    make_city,
    make_country,
    make_organisation,
    make_policy_area,
    make_profile,
    make_source,
)

pytestmark = pytest.mark.django_db


def get(client, slug, language="en"):
    return client.get(in_language("approaches:detail", language, slug=slug))


def content(client, slug, language="en"):
    return get(client, slug, language).content.decode()


def section(page, heading):
    """The titles listed in the section with that id on its heading; None where the page has no such section."""
    match = re.search(rf'aria-labelledby="{heading}">(.*?)</section>', page, re.S)
    return match and re.findall(r'<h3 class="card__title"><a href="[^"]+">(.*?)</a>', match[1])


def test_the_page_shows_all_that_is_known(client):
    city = make_city("Gdańsk", country=make_country("Poland", "PL"), latitude=54.35, longitude=18.65)
    city.website = "https://www.gdansk.example/"
    city.save()
    approach = make_approach(
        "Council",
        [make_policy_area("Voice")],
        city=city,
        lead="joint",
        organisations="Miasto Gdańsk\nRada",
        started="2016-06",
        ended="2021-03-01",
        website="https://council.example/about",
        summary="Why it inspires.",
        operation="How it works.",
        outcome="What came of it.",
    )
    make_source(approach, "Minutes", publisher="The city", url="https://source.example/", date="2017-05")

    page = content(client, "council")

    for text in (
        "<title>Council, Gdańsk – Moving Cities</title>",
        'href="/en/cities/gdansk/"',
        "Poland",
        'area--voice" href="/en/policy-areas/voice/">Voice</a>',
        "Led jointly",
        "Miasto Gdańsk</dd>",
        "Rada</dd>",
        "June 2016",
        "1 March 2021",
        "ended",
        'href="https://council.example/about"',
        "What is inspiring?",
        "Why it inspires.",
        "How does it operate?",
        "How it works.",
        "What is the outcome?",
        "What came of it.",
        'id="source-1"',
        "Minutes",
        "May 2017",
        'class="map"',
        'href="https://www.gdansk.example/"',
    ):
        assert text in page, text


def test_what_nobody_has_recorded_is_not_known(client):
    make_approach("Council")

    page = content(client, "council")

    for label in ("Run by", "Status", "Started", "Ended", "Website"):
        assert re.search(rf"<dt>{label}</dt><dd>\s*<span class=\"not-known\">not known</span>", page), label
    for heading in ("operation", "outcome"):
        assert re.search(rf'<h2 id="{heading}">[^<]+</h2>\s*<p class="not-known">not known</p>', page), (
            heading
        )
    assert "website not known" in page
    assert "No source is recorded for this entry yet." in page
    assert 'class="map"' not in page


def test_an_approach_without_an_end_is_running(client):
    make_approach("Council", started="2016")

    page = content(client, "council")

    assert "<dt>Status</dt><dd>running</dd>" in page
    assert "no end is recorded" in page


def test_a_body_that_runs_it_leads_to_its_page_if_it_has_a_public_one(client):
    make_organisation("Rada", website="https://rada.example/")
    make_organisation("Secret", status="draft")
    make_approach("Council", organisations="Rada\nRada Imigrantów\nSecret")

    page = content(client, "council")

    assert '<a href="/en/organisations/rada/">Rada</a>' in page
    assert 'href="https://rada.example/"' in page
    assert "Rada Imigrantów</dd>" in page
    assert "/organisations/secret/" not in page


def test_related_approaches_are_shown_on_both_pages(client):
    make_approach("Council", related=[make_approach("Forum")])

    assert section(content(client, "council"), "related") == ["Forum"]
    assert section(content(client, "forum"), "related") == ["Council"]


def test_two_that_name_each_other_are_shown_once(client):
    forum = make_approach("Forum")
    forum.related.add(make_approach("Council", related=[forum]))

    assert section(content(client, "council"), "related") == ["Forum"]


def test_other_approaches_of_the_city_are_shown(client):
    city = make_city("Gdańsk")
    make_approach("Council", city=city, related=[make_approach("Forum", city=city)])
    make_approach("Flats", city=city)
    make_approach("Elsewhere")

    page = content(client, "council")

    assert section(page, "related") == ["Forum"]
    assert section(page, "of-city") == ["Flats"]
    assert 'href="/en/approaches/?city=gdansk"' in page


def test_other_cities_with_most_policy_areas_in_common_come_first_then_the_newest(client):
    voice, housing, health = (make_policy_area(name) for name in ("Voice", "Housing", "Health"))
    city = make_city()
    make_approach("Council", [voice, housing], city=city)
    make_approach("Same city", [voice, housing], city=city)
    make_approach("Old", [voice], started="2001")
    make_approach("New", [housing, health], started="2020-05")
    make_approach("Unknown", [voice])
    make_approach("Both", [voice, housing], started="1990")
    make_approach("Neither", [health])

    assert section(content(client, "council"), "alike") == ["Both", "New", "Old", "Unknown"]


def test_at_most_six_from_other_cities_are_shown(client):
    area = make_policy_area()
    make_approach("Council", [area], related=[make_approach("Forum", [area])])
    for _number in range(8):
        make_approach(policy_areas=[area])

    shown = section(content(client, "council"), "alike")

    assert len(shown) == 6
    assert "Forum" not in shown


def test_what_is_not_public_shows_nowhere(client):
    area, city = make_policy_area(), make_city()
    hidden = [
        make_approach("Hidden related", [area], status="draft"),
        make_approach("Hidden of the city", [area], city=city, status="review"),
        make_approach("Hidden with its city", [area], city=make_city(status="draft")),
    ]
    make_approach("Council", [area], city=city, related=hidden)

    page = content(client, "council")

    assert "Hidden" not in page
    for approach in hidden:
        assert get(client, approach.slug).status_code == 404


def test_an_unknown_address_is_not_found(client):
    assert get(client, "nothing").status_code == 404


def test_a_former_address_leads_to_the_approach(client):
    approach = make_approach("Council")
    approach.slug = "migrants-council"
    approach.save()

    response = get(client, "council", "de")

    assert response.status_code == 301
    assert response["Location"] == in_language("approaches:detail", "de", slug="migrants-council")


def test_a_former_address_of_a_draft_leads_nowhere(client):
    approach = make_approach("Council")
    approach.slug, approach.status = "migrants-council", "draft"
    approach.save()

    assert get(client, "council").status_code == 404


def test_text_in_another_language_is_marked_and_said(client):
    make_approach("Council", title_pl="Rada", summary_pl="Dlaczego.", operation="How it works.")

    page = content(client, "council", "pl")

    assert "<h1>Rada</h1>" in page
    assert '<div class="prose"><p>Dlaczego.</p></div>' in page
    assert 'lang="en"><p>How it works.</p></div>' in page
    assert "note--language" in page


def test_alternates_name_only_the_languages_it_is_written_in(client):
    make_approach("Council", summary_pl="Dlaczego.")

    page = content(client, "council", "de")

    assert re.findall(r'hreflang="(\w\w)" href="http', page) == ["en", "pl"]


def test_the_teaser_describes_the_page(client):
    make_approach("Council", summary='<p>Says "yes" to <em>everybody</em>.</p>')

    assert '<meta name="description" content="Says &quot;yes&quot; to everybody.">' in content(
        client, "council"
    )


def test_a_city_with_a_profile_is_marked_on_the_map(client):
    city = make_city("Gdańsk", latitude=54.35, longitude=18.65)
    make_profile(city)
    make_approach("Council", city=city)

    assert "map__place--featured" in content(client, "council")


@pytest.mark.parametrize("records", [1, 20])
def test_the_page_asks_as_often_for_many_as_for_one(client, django_assert_num_queries, records):
    area, city = make_policy_area(), make_city(latitude=54.35, longitude=18.65)
    approach = make_approach("Council", [area], city=city, organisations="Rada")
    make_organisation("Rada")
    for _number in range(records):
        make_source(approach)
        make_approach(policy_areas=[area], city=city)
        approach.related.add(make_approach(policy_areas=[area, make_policy_area()]))

    with django_assert_num_queries(2):
        get(client, "council")
