"""The page of a municipality is useful whether somebody has written a profile of it or not."""

import re
from decimal import Decimal

import pytest
from django.utils import timezone

from cities.models import City
from publishing.addresses import in_language
from publishing.languages import LANGUAGES
from tests.factories import (
    make_approach,
    make_city,
    make_country,
    make_declaration,
    make_initiative,
    make_membership,
    make_network,
    make_organisation,
    make_policy_area,
    make_profile,
    make_source,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def read(client):
    """The text of a city's page, its white space made simple."""

    def get(city, language="en"):
        response = client.get(in_language("cities:detail", language, slug=city.slug))
        assert response.status_code == 200
        return " ".join(response.content.decode().split())

    return get


def test_a_plain_municipality_shows_what_is_known(read):
    country = make_country("Poland", "PL")
    city = make_city(
        "Łódź",
        name_en="Lodz",
        country=country,
        population=670_642,
        population_year=2021,
        latitude=51.77,
        longitude=19.46,
        website="https://lodz.example/",
    )

    page = read(city)

    assert "<h1>Lodz</h1>" in page
    assert '<dd translate="no">Łódź</dd>' in page
    assert country.get_absolute_url() in page
    assert "670,642" in page
    assert "2021" in page
    assert 'href="https://lodz.example/"' in page


def test_a_name_is_in_the_language_of_the_page(read):
    city = make_city("Wien", name_en="Vienna", name_pl="Wiedeń")

    assert "<h1>Wiedeń</h1>" in read(city, "pl")
    assert "<h1>Vienna</h1>" in read(city, "en")
    assert "<h1>Wien</h1>" in read(city, "es")


def test_what_is_not_known_is_said_to_be_not_known(read):
    page = read(make_city("Bari"))

    assert page.count('<span class="not-known">not known</span>') == 3  # population, location, website
    assert ">0<" not in page
    assert "None" not in page


def test_a_population_says_where_it_comes_from_and_that_its_year_is_unknown(read):
    page = read(make_city("Bari", population=320_000, geonames_id=3182351))

    assert "320,000" in page
    assert "year not known" in page
    assert 'href="https://www.geonames.org/3182351"' in page


def test_a_population_that_is_not_known_has_no_source(read):
    assert "geonames.org" not in read(make_city("Bari", geonames_id=3182351))


def test_a_population_of_nobody_is_a_number(read):
    assert "<dd>0 <span" in read(make_city("Ghost town", population=0))


def test_networks_are_shown_with_role_and_years(read):
    city = make_city("Bari")
    make_membership(make_network("Hubs", acronym="HUB"), city, role="founder", since=2016)
    make_membership(make_network("Ports"), city, since=2010, until=2014)
    make_membership(make_network("Past"), city, until=2015)

    page = read(city)

    assert "Hubs" in page
    assert "Founding member" in page
    assert "since 2016" in page
    assert "2010–2014" in page
    assert "until 2015" in page
    assert "unconfirmed" not in page


def test_an_unconfirmed_membership_is_marked(read):
    city = make_city("Bari")
    make_membership(make_network("Hubs"), city)
    make_membership(make_network("Ports"), city, verified=False, source_url="")

    page = read(city)

    assert page.count('<span class="unconfirmed">not confirmed</span>') == 1
    assert "Not confirmed: the membership is still to be checked against its source." in page
    assert "No source is recorded" in page


def test_approaches_initiatives_declarations_and_organisations_are_named(read):
    city = make_city("Bari")
    make_approach(
        "A shelter", city=city, policy_areas=[make_policy_area("Housing"), make_policy_area("Work")]
    )
    make_initiative("Twins", cities=[city], started="2016-06", ended="2018")
    make_declaration("We welcome", signatories=[city], date="2018-06-30")
    make_organisation("Helpers", city=city)

    page = read(city)

    for words in [
        "A shelter",
        "Housing",
        "Work",
        "Twins",
        "June 2016",
        "We welcome",
        "30 June 2018",
        "Helpers",
    ]:
        assert words in page, words
    assert page.count("A shelter</a>") == 1


def test_partners_are_named_from_both_sides(read):
    bari, cork, derry = make_city("Bari"), make_city("Cork"), make_city("Derry")
    make_initiative("Twins", pairs=[(bari, cork), (derry, bari)])

    assert "Cork" in read(bari)
    assert "Derry" in read(bari)
    partners, mentoring = read(cork).split("<h3>Mentoring partners</h3>")
    assert "Bari" in mentoring
    assert "Derry" not in mentoring
    assert "Derry" in partners


def test_the_nearest_municipalities_come_in_the_order_of_distance(read):
    def at(name, latitude, longitude, **fields):
        return make_city(name, latitude=latitude, longitude=longitude, **fields)

    bari = at("Bari", 41.1, 16.9)
    at("Far", 48.0, 2.0)
    at("Hundred", 42.0, 16.9)
    at("Ten", 41.19, 16.9)
    at("Eighty", 41.1, 17.9)
    at("Hidden", 41.1, 16.91, status="draft")
    make_city("Nowhere")

    page = read(bari)

    places = [page.find(f">{name}</a>") for name in ("Ten", "Eighty", "Hundred")]
    assert -1 not in places
    assert places == sorted(places)
    assert ">10 km<" in page
    assert all(name not in page for name in ("Hidden", "Nowhere", "Far"))


def test_a_municipality_without_a_place_has_no_neighbours(read):
    make_city("Bari", latitude=41.1, longitude=16.9)

    assert "Bari" not in read(make_city("Nowhere"))


def test_at_the_pole_and_at_the_edge_of_the_map_nothing_breaks(read):
    read(make_city("Pole", latitude=90, longitude=0))
    read(make_city("Edge", latitude=0, longitude=180))
    read(make_city("Other pole", latitude=-90, longitude=-180))


def test_a_featured_city_shows_its_whole_profile(read):
    city = make_city("Gdańsk")
    profile = make_profile(
        city,
        subtitle="A port",
        summary="The summary.",
        context="The context.",
        strategy="The strategy.",
        cooperation="The cooperation.",
        takeaways=["Ask people.", "Listen."],
        sources=["First source"],
    )
    second = make_source(
        profile, "Second source", publisher="A publisher", url="https://source.example/", date="2020-05"
    )
    profile.key_figures.create(
        label_en="Inhabitants",
        value=Decimal(466631),
        share=Decimal("25.4"),
        qualifier="about",
        year=2024,
        source=second,
    )

    page = read(city)

    for words in [
        "A port",
        "<p>The summary.</p>",
        "<p>The context.</p>",
        "<p>The strategy.</p>",
        "<p>The cooperation.</p>",
        "Ask people.",
        "Listen.",
        "Inhabitants",
        "about 466,631",
        "25.4%",
        "2024",
        "First source",
        "Second source",
        "A publisher",
        "May 2020",
        'href="https://source.example/"',
        'href="#source-2"',
        'id="source-2"',
    ]:
        assert words in page, words


@pytest.mark.parametrize(
    ("figure", "shown"),
    [
        ({"value": Decimal("25.4"), "unit": "percent"}, "25.4%"),
        ({"value": Decimal("4.1"), "unit": "percent"}, "4.1%"),
        ({"value": Decimal(1_000_000), "unit": "EUR"}, "€1,000,000"),
        ({"value": Decimal("1234.5"), "unit": "EUR"}, "€1,234.50"),
        ({"value": Decimal("0"), "unit": ""}, ">0<"),
        ({"value": Decimal(9_999_999_999)}, "9,999,999,999"),
        ({"value": 1000, "qualifier": "over"}, "over 1,000"),
    ],
)
def test_a_figure_is_written_as_its_source_has_it(read, figure, shown):
    assert shown in read(make_profile(figures=[figure]).city)


def test_the_profile_of_another_language_is_marked(read):
    profile = make_profile(subtitle="A port", summary="The summary.", takeaways=["Ask people."])

    page = read(profile.city, "de")

    assert '<span lang="en">A port</span>' in page
    assert '<span lang="en">Ask people.</span>' in page
    assert 'lang="en"><p>The summary.</p>' in page.replace('lang="en"> <p>', 'lang="en"><p>')


@pytest.mark.parametrize(
    "fields", [{"status": "draft"}, {"published_at": timezone.now() + timezone.timedelta(days=1)}]
)
def test_what_is_not_public_shows_nowhere(read, fields):
    city = make_city("Bari", latitude=41.1, longitude=16.9)
    make_profile(city, summary="Hidden summary.", **fields)
    make_approach("Hidden approach", city=city, **fields)
    make_membership(make_network("Hidden network", **fields), city)
    make_initiative("Hidden initiative", cities=[city], **fields)
    make_initiative("Of a hidden one", cities=[city], network=make_network("Secret", **fields))
    make_declaration("Hidden declaration", signatories=[city], **fields)
    make_organisation("Hidden organisation", city=city, **fields)
    make_initiative("Twins", pairs=[(city, make_city("Hidden partner", **fields))])
    make_city("Hidden neighbour", latitude=41.1, longitude=16.9, **fields)

    page = read(city)

    assert "Hidden" not in page
    assert "Of a hidden one" not in page
    assert "Secret" not in page


@pytest.mark.parametrize("fields", [{"status": "draft"}, {"status": "review"}, {"status": "archived"}])
def test_a_hidden_city_is_not_found(client, fields):
    city = make_city("Bari", **fields)

    assert client.get(in_language("cities:detail", "en", slug=city.slug)).status_code == 404


def test_a_plain_city_exists_in_every_language_and_a_profile_in_those_it_is_written_in(client):
    def alternates(city):
        page = client.get(city.get_absolute_url()).content.decode()
        return [language for language in LANGUAGES if f'rel="alternate" hreflang="{language}"' in page]

    assert alternates(make_city()) == list(LANGUAGES)
    assert alternates(make_profile(summary_pl="Opis.").city) == ["en", "pl"]


@pytest.mark.parametrize("records", [1, 20])
@pytest.mark.parametrize("language", ["en", "pl"])
def test_more_facts_cost_no_more_queries(client, records, language, django_assert_max_num_queries):
    city = make_city("Bari", latitude=41.1, longitude=16.9)
    make_profile(
        city,
        takeaways=[f"Takeaway {n}" for n in range(records)],
        sources=[f"Source {n}" for n in range(records)],
        figures=[{} for _ in range(records)],
    )
    area = make_policy_area()
    for number in range(records):
        make_approach(city=city, policy_areas=[area, make_policy_area()])
        make_membership(city=city)
        make_initiative(pairs=[(city, make_city(latitude=41.1, longitude=16 + number / 100))])
        make_declaration(signatories=[city])
        make_organisation(city=city)

    with django_assert_max_num_queries(2):
        client.get(in_language("cities:detail", language, slug=city.slug))


def alike(page):
    """The names of the municipalities of similar size, in their order."""
    section = page.split('<h2 id="alike">')[1].split("</section>")[0]
    return re.findall(r'<h3 class="row__title"><a href="[^"]+">(.*?)</a>', section)


def test_municipalities_of_similar_size_in_the_same_networks_come_nearest_in_size_first(read):
    city, network, other = make_city("Bari", population=100), make_network("Hubs"), make_network("Ports")
    for name, population in [("Far", 900), ("Near", 110), ("Small", 80), ("Unknown", None)]:
        make_membership(network, make_city(name, population=population))
    make_membership(other, City.objects.get(local_name="Near"))
    make_membership(network, make_city("Former", population=100), until=2020)
    make_membership(network, make_city("Hidden", population=100, status="draft"))
    make_membership(make_network("Elsewhere"), make_city("Stranger", population=100))
    make_membership(network, city)
    make_membership(other, city)

    page = read(city)

    assert alike(page) == ["Near", "Small", "Far"]
    assert "110 inhabitants</span><span>2 networks in common</span>" in page


def test_without_a_population_nothing_is_of_similar_size(read):
    network, city = make_network(), make_city("Bari")
    make_membership(network, city)
    make_membership(network, make_city("Cork", population=100))

    assert 'id="alike"' not in read(city)


def test_a_plain_municipality_says_what_is_not_known_and_whom_to_ask(read, settings):
    settings.OPERATOR_EMAIL = "office@directory.example"

    page = read(make_city("Bari", population=320_000, website="https://bari.example/"))

    gaps = page.split('<ul class="gaps__list">')[1].split("</ul>")[0]
    assert re.findall(r"<li>(.*?)</li>", gaps) == [
        "The year of the population figure",
        "Location",
        "Local approaches",
        "City profile",
    ]
    assert 'href="mailto:office@directory.example"' in page


def test_featured_cities_lead_to_the_one_before_and_the_one_after(read):
    for name in ("Ávila", "Bari", "Łódź", "Hidden"):
        make_profile(make_city(name), status="draft" if name == "Hidden" else "published")
    make_city("Cork")

    page = read(City.objects.get(local_name="Bari"))

    ways = page.split('<nav class="onward"')[1].split("</nav>")[0]
    assert re.findall(r'rel="(\w+)"><span [^>]*>\w+</span> (.*?)</a>', ways) == [
        ("prev", "Ávila"),
        ("next", "Łódź"),
    ]


def test_role_and_years_of_memberships_stand_in_a_table(read):
    city = make_city("Bari")
    make_membership(make_network("Hubs"), city, role="founder", since=2016)
    make_membership(make_network("Ports"), city)

    page = read(city)

    assert "<td>Founding member</td> <td>since 2016<svg" in page
    assert '<td>Member</td> <td><span class="not-known">not known</span></td>' in page


def test_years_that_nobody_knows_of_any_membership_need_no_column(read):
    city = make_city("Bari")
    make_membership(make_network("Ports"), city)

    assert '<th scope="col">Years</th>' not in read(city)
