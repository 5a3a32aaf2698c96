"""Reading falls back to another language and says so; filtering and ordering do not."""

import pytest
from django.template import Context, Template
from django.utils.translation import override

from cities.models import City, Country
from networks.models import Network
from publishing.languages import (
    LANGUAGES,
    Text,
    coverage,
    reading_order,
    text_of,
    texts,
    translated_fields,
)
from tests.factories import make_approach, make_city, make_country, make_network, make_profile

pytestmark = pytest.mark.django_db


def shown(template, **context):
    return Template("{% load publishing %}" + template).render(Context(context)).strip()


def the_text(model, field):
    """A text of the only record, as a list asks for it."""
    return model.objects.values(**texts(it=field)).get()["it"]


def test_the_reader_s_own_language_comes_first():
    assert reading_order("pl") == ("pl", "en", "fr", "de", "el", "it", "es")
    assert reading_order("en") == LANGUAGES


def test_text_is_read_in_the_language_of_the_page():
    network = make_network("Harbours", name_pl="Porty")

    with override("pl"):
        assert text_of(network, "name") == Text("Porty", "pl")
        assert str(network) == "Porty"


def test_text_that_a_language_lacks_is_read_in_the_first_that_has_it():
    network = make_network(name_en=None, name_es="Puertos", name_it="Porti", slug="ports")

    with override("pl"):
        assert text_of(network, "name") == Text("Porti", "it")
        assert the_text(Network, "name") == Text("Porti", "it")
        assert str(network) == "Porti"


def test_text_that_no_language_has_is_nothing():
    network = make_network(description=None)

    assert text_of(network, "description") is None
    assert the_text(Network, "description") is None
    assert shown('{% translated network "description" %}', network=network) == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_borrowed_text_is_marked_with_its_language_and_a_note(language):
    network = make_network("Harbours & havens")

    with override(language):
        page = shown('{% translated network "name" %}', network=network)

    if language == "en":
        assert page == "Harbours &amp; havens"
    else:
        assert page.startswith('<span lang="en">Harbours &amp; havens</span> <span class="other-language">')


def test_a_row_of_a_list_is_marked_like_a_record():
    make_network("Harbours")

    with override("de"):
        row = {"name": the_text(Network, "name")}
        page = shown("{% text row.name %}", row=row)

    assert page.startswith('<span lang="en">Harbours</span> <span class="other-language">')
    assert "Englisch" in page


def test_a_long_text_is_marked_as_a_whole():
    profile = make_profile(summary="<p>Welcome.</p>")

    with override("el"):
        page = shown('{% rich_text profile "summary" %}', profile=profile)

    assert 'lang="en"' in page
    assert "<p>Welcome.</p>" in page


def test_a_text_in_the_language_of_the_page_has_no_mark():
    profile = make_profile(summary_el="<p>Καλώς ήρθατε.</p>")

    with override("el"):
        page = shown('{% rich_text profile "summary" %}', profile=profile)

    assert "<p>Καλώς ήρθατε.</p>" in page
    assert "lang=" not in page


def test_the_text_of_a_related_record_falls_back_too():
    make_city(country=make_country(name_en="Poland", name_pl="Polska"))

    with override("pl"):
        assert the_text(City, "country__name") == Text("Polska", "pl")
    with override("it"):
        assert the_text(City, "country__name") == Text("Poland", "en")


def test_quotation_marks_and_percent_signs_survive_a_query():
    make_network("100% “of ’em” 'all' \"here\"")

    assert the_text(Network, "name").value == "100% “of ’em” 'all' \"here\""


def test_a_filter_does_not_fall_back():
    make_network("Harbours")

    with override("de"):
        assert not Network.objects.filter(name="Harbours").exists()
    with override("en"):
        assert Network.objects.filter(name="Harbours").exists()


def test_the_order_of_names_is_that_of_the_language_although_the_text_is_not():
    make_country(name_en="Austria", name_de="Österreich")
    make_country(name_en="Norway")

    with override("de"):
        names = [str(country) for country in Country.objects.alphabetically()]

    assert names == ["Norway", "Österreich"]


def test_a_city_without_a_name_in_a_language_goes_by_its_official_one():
    city = make_city("Wien", name_en="Vienna")

    with override("en"):
        assert str(city) == "Vienna"
    with override("fr"):
        assert str(city) == "Wien"


def test_a_record_exists_in_the_languages_of_its_main_text():
    approach = make_approach("Shelter", title_pl="Schronienie", summary_fr="Un abri.")

    assert approach.languages == ["en", "fr"]


def test_coverage_is_the_share_of_the_english_text():
    approach = make_approach("Shelter", title_pl="Schronienie", summary_pl="Dach.", short_title_pl="Dach")
    approach.title_de = "Obdach"

    share = coverage(approach)

    assert share["en"] == share["pl"] == 1
    assert share["de"] == pytest.approx(1 / 3)
    assert share["fr"] == 0


def test_what_the_database_keeps_for_itself_is_not_for_translators():
    assert translated_fields(City) == ["name"]
    assert "teaser" not in translated_fields(type(make_approach()))
