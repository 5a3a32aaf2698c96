"""The text filter finds words however they are inflected, accented or typed."""

import unicodedata

import pytest

from approaches.models import Approach
from cities.models import City
from networks.models import Network
from publishing.words import searchable, sought, words
from tests.factories import make_approach, make_city, make_network

pytestmark = pytest.mark.django_db


def found(text, model=City):
    return sorted(str(record) for record in model.objects.matching(text))


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Łódź", "Lodz"),
        ("Łódź", "łódź"),
        ("Łódź", "ŁÓDŹ"),
        ("Łódź", unicodedata.normalize("NFD", "Łódź")),
        ("Ávila", "avila"),
        ("Gießen", "Giessen"),
        ("Gießen", "gieß"),
        ("Αθήνα", "αθηνα"),
        ("Αθήνα", "ΑΘΗΝΑ"),
        ("Μυτιλήνης", "μυτιληνης"),
        ("Μυτιλήνης", "ΜΥΤΙΛΗΝΗΣ"),
        ("İzmir", "izmir"),
        ("İzmir", "İZMİR"),
        ("Iğdır", "igdir"),
        ("’s-Hertogenbosch", "hertogenbosch"),
        ("L’Hospitalet", "hospitalet"),
        ("Reggio Emilia", "emilia reggio"),
        ("Ærø", "aero"),
    ],
)
def test_a_city_is_found_by_its_name_however_it_is_typed(name, typed):
    make_city(name, slug="it")
    make_city("Bristol")

    assert found(typed) == [name]


def test_a_city_is_found_by_its_name_in_every_language():
    make_city("Wien", name_en="Vienna", name_pl="Wiedeń")

    assert found("vienna") == found("wieden") == found("Wien") == ["Vienna"]


@pytest.mark.parametrize(
    ("language", "written", "typed"),
    [
        ("pl", "Dom dla uchodźców z Ukrainy.", "uchodźcy"),
        ("pl", "Dom dla uchodźców z Ukrainy.", "uchodzcow"),
        ("en", "Cities that welcome refugees.", "refugee"),
        ("en", "A welcoming city.", "welcome"),
        ("de", "Wohnungen für Geflüchtete.", "wohnung"),
        ("fr", "Des logements pour réfugiés.", "refugie"),
        ("es", "Viviendas para refugiados.", "vivienda"),
        ("it", "Case per i rifugiati.", "rifugiato"),
        ("el", "Κατοικίες για πρόσφυγες.", "προσφυγες"),
    ],
)
def test_an_inflected_word_is_found_in_each_language(language, written, typed):
    make_network("Network", **{f"summary_{language}": written})
    make_network("Other")

    assert found(typed, Network) == ["Network"]


def test_every_word_typed_must_occur():
    make_city("Reggio Emilia")
    make_city("Reggio Calabria")

    assert found("reggio") == ["Reggio Calabria", "Reggio Emilia"]
    assert found("reggio emilia") == ["Reggio Emilia"]
    assert found("reggio bari") == []


def test_the_beginning_of_a_word_is_enough_but_not_its_middle():
    make_city("Barcelona")

    assert found("barce") == ["Barcelona"]
    assert found("celona") == []


def test_words_of_rich_text_are_found_without_their_markup():
    make_approach(
        "Shelter",
        summary="<h2>Housing</h2><p>Work</p><ul><li>bread</li><li>bed</li></ul><p>Fish &amp; chips</p>",
    )

    for word in ("housing", "work", "bread", "bed", "fish", "chips"):
        assert found(word, Approach) == ["Shelter"], word
    for markup in ("amp", "strong", "li", "housingwork"):
        assert found(markup, Approach) == [], markup


@pytest.mark.parametrize("typed", ["", "   ", "???", "<>", "…"])
def test_nothing_that_is_a_word_finds_everything(typed):
    make_city("Bari")

    assert found(typed) == ["Bari"]


@pytest.mark.parametrize(
    "typed", ["%", "_", "ba%i", "b_ri", "ba\\i", "' OR 1=1 --", '"', "<script>alert(1)</script>"]
)
def test_signs_with_a_meaning_elsewhere_have_none_here(typed):
    make_city("Bari")

    assert found(f"{typed} zzz") == []


def test_a_text_of_nobodys_language_is_kept_but_not_stemmed():
    assert searchable([(None, "EUROCITIES")]) == " eurocities "


def test_nothing_gives_nothing():
    assert searchable([("en", None), ("pl", "")]) == ""


def test_each_word_is_kept_once():
    assert searchable([("en", "city City CITY")]).split().count("city") == 1


def test_words_keep_their_order():
    assert words("One, two – three!") == ["one", "two", "three"]
    assert len(sought("one two")) == 2


def test_the_words_follow_a_new_text():
    city = make_city("Bari")

    city.local_name = "Zagreb"
    city.save()

    assert found("bari") == []
    assert found("zagreb") == ["Zagreb"]
