"""Parts of a template that are rendered once for each language, and addresses that are put together from pieces."""

import pytest
from django.template import Context, Template
from django.urls import reverse, set_script_prefix
from django.utils.translation import override

from publishing.addresses import address_of
from publishing.languages import LANGUAGES
from tests.factories import make_city, make_country


def rendered(source, **variables):
    return Template("{% load fixed i18n %}" + source).render(Context(variables))


def test_a_fixed_part_is_in_the_language_of_the_page():
    template = Template("{% load fixed i18n %}{% fixed %}{% translate 'Networks' %}{% endfixed %}")

    read = {}
    for language in [*LANGUAGES, *LANGUAGES]:
        with override(language):
            read.setdefault(language, set()).add(template.render(Context()))

    assert read["en"] == {"Networks"}
    assert read["de"] == {"Netzwerke"}
    assert [len(texts) for texts in read.values()] == [1] * len(LANGUAGES)


def test_a_fixed_part_is_rendered_once():
    asked = []
    template = Template("{% load fixed %}{% fixed value=value %}{{ value.ask }}{% endfixed %}")

    class Value:
        def ask(self):
            asked.append(self)
            return "x"

    value = Value()
    assert template.render(Context({"value": value})) == template.render(Context({"value": value})) == "x"

    assert len(asked) == 1


def test_a_fixed_part_knows_only_what_it_is_given():
    source = (
        "{% fixed section=here.section %}{% if secret %}{{ secret }}{% endif %}{{ section }}{% endfixed %}"
    )

    assert rendered(source, secret="secret", here={"section": "cities"}) == "cities"
    assert rendered(source, secret="secret", here={"section": "news"}) == "news"


def test_a_fixed_part_keeps_up_with_settings_in_tests(settings):
    template = Template(
        "{% load city_map fixed %}{% fixed %}{% map_tiles as tiles %}{% if tiles %}{{ tiles.host }}{% endif %}{% endfixed %}"
    )
    template.render(Context())

    settings.MAP_TILES = {"host": "tiles.example"}

    assert template.render(Context()) == "tiles.example"


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_address_of_pieces_is_that_of_the_record(language):
    city, country = make_city("Bari"), make_country("Italy", code="IT")

    with override(language):
        assert address_of("cities:detail", city.slug) == city.get_absolute_url()
        assert address_of("cities:country", country.code.lower()) == country.get_absolute_url()


def test_an_address_of_pieces_begins_where_the_site_does():
    set_script_prefix("/directory/")
    try:
        address = address_of("cities:detail", "bari")

        assert address == reverse("cities:detail", args=["bari"]) == "/directory/en/cities/bari/"
    finally:
        set_script_prefix("/")
