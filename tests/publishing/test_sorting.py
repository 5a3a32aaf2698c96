"""Names stand where a reader of the language looks for them."""

import pytest
from django.utils.translation import override

from cities.models import City
from publishing.languages import LANGUAGES
from publishing.sorting import CHARACTERS, LONGEST, sort_key, without_marks
from tests.factories import make_city, make_country


def in_order(names, language):
    return sorted(names, key=lambda name: sort_key(name, language))


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("pl", ["Lublin", "Luzern", "Łęczyca", "Łódź", "Madryt"]),
        ("pl", ["Cork", "Czechy", "Ćmielów", "Dania"]),
        ("pl", ["Sopot", "Szczecin", "Świdnik", "Turyn"]),
        ("pl", ["Zurych", "Źdźary", "Żagań"]),
        ("pl", ["Opole", "Ósemka", "Paryż"]),
        ("pl", ["Genua", "Gliwice", "Göteborg", "Graz"]),
        ("en", ["Lisbon", "Lodge", "Łódź", "Lucca"]),
        ("de", ["Lissabon", "Łódź", "Lucca"]),
        ("es", ["Nantes", "Nuoro", "Ñuñoa", "Oslo"]),
        ("en", ["Nottingham", "Ñuñoa", "Nyon"]),
        ("es", ["Ascoli", "Athènes", "Ávila", "Bari"]),
        ("en", ["Athens", "Ávila", "Axel"]),
        ("de", ["Offenburg", "Öhringen", "Oldenburg", "Oslo"]),
        ("de", ["Munchen", "Münster", "Murcia"]),
        ("de", ["Gießen", "Gießenburg", "Gietz"]),
        ("fr", ["Echirolles", "Écully", "Edegem", "Évreux"]),
        ("el", ["Αθήνα", "Άμστερνταμ", "Βερολίνο", "Ωρωπός", "Amsterdam"]),
        ("en", ["Amsterdam", "Zurich", "Αθήνα"]),
        ("en", ["’s-Hertogenbosch", "Seville", "Shkodër"]),  # the word “s” comes before longer ones
        ("en", ["Den Haag", "Den-Zuid", "Denain"]),  # a hyphen parts words as a space does
        ("it", ["L’Aquila", "Latina"]),
        ("en", ["İzmir", "Izola"]),
        ("en", ["20th district", "Aachen"]),
    ],
)
def test_names_are_in_the_order_of_the_language(language, names):
    assert in_order(reversed(names), language) == names


@pytest.mark.parametrize("language", LANGUAGES)
def test_capitals_and_ways_of_writing_accents_make_no_difference(language):
    composed, decomposed = "\u00c1vila", "A\u0301vila"

    assert sort_key(composed, language) == sort_key(decomposed, language) == sort_key("áVILA", language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_signs_before_a_name_do_not_count(language):
    assert sort_key("– “Bari”", language) == sort_key("Bari", language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_key_holds_only_what_every_collation_sorts_alike(language):
    key = sort_key("’s-Hertogenbosch Łódź Αθήνα Ñuñoa ß Ærø 東京 " * 20, language)

    assert set(key) <= set(CHARACTERS)
    assert len(key) == LONGEST


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("Łódź", "lodz"),
        ("Αθήνα", "αθηνα"),
        ("Μυτιλήνης", "μυτιληνησ"),
        ("Gießen", "giessen"),
        ("Ærø", "aero"),
        ("İzmir", "izmir"),
        ("Iğdır", "igdir"),
    ],
)
def test_letters_lose_their_marks(name, plain):
    assert without_marks(name) == plain


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("pl", ["Lublin", "Luzern", "Łódź", "Malmö", "Αθήνα"]),
        ("de", ["Łódź", "Lublin", "Luzern", "Malmö", "Αθήνα"]),
        ("el", ["Αθήνα", "Łódź", "Lublin", "Luzern", "Malmö"]),
    ],
)
def test_the_database_sorts_in_the_language_of_the_page(language, expected):
    country = make_country()
    for name in ["Malmö", "Łódź", "Αθήνα", "Luzern", "Lublin"]:
        make_city(name, country=country)

    with override(language):
        assert [str(city) for city in City.objects.alphabetically()] == expected


@pytest.mark.django_db
def test_a_city_stands_under_its_name_in_the_language_of_the_page():
    make_city("Wien", name_en="Vienna", name_pl="Wiedeń")
    make_city("Warszawa", name_en="Warsaw")
    make_city("Utrecht")

    with override("en"):
        assert [str(city) for city in City.objects.alphabetically()] == ["Utrecht", "Vienna", "Warsaw"]
    with override("pl"):
        assert [str(city) for city in City.objects.alphabetically()] == ["Utrecht", "Warszawa", "Wiedeń"]


@pytest.mark.django_db
def test_the_place_in_the_alphabet_follows_a_new_name():
    make_city("Bari")
    city = make_city("Aachen")

    city.local_name = "Zagreb"
    city.save(update_fields=["local_name"])

    assert [str(city) for city in City.objects.alphabetically()] == ["Bari", "Zagreb"]
