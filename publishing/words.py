"""Words as the text filter compares them: without accents, without inflection.

Polish "uchodźców" and "uchodźcy" share the stem "uchodźc"; a visitor who types "Lodz" means "Łódź". So a record stores
the folded words of all its languages together with their stems (Snowball, https://snowballstem.org), and a search
looks for the stems of what was typed.
"""

import re
import unicodedata
from functools import lru_cache

import snowballstemmer
from django.conf import settings

from publishing.sorting import without_marks
from publishing.text import without_tags

# A letter can carry its mark as a character of its own: the small form of "İ" does.
WORD = re.compile(r"[\w\u0300-\u036f]+")
LONG_STEM = 4  # letters; the last one of a shorter stem tells words apart
SNOWBALL = {
    "en": "english",
    "fr": "french",
    "de": "german",
    "el": "greek",
    "it": "italian",
    "pl": "polish",
    "es": "spanish",
}


# Words of which other forms have another stem: {language: {form, without accents: word}}.
IRREGULAR = {
    "en": {"children": "child", "women": "woman", "men": "man"},
    "fr": {"travaux": "travail"},
    "el": {"παιδια": "παιδί", "παιδιων": "παιδί"},
    "pl": {"miescie": "miasto"} | dict.fromkeys(["dzieci", "dzieciom", "dziecmi", "dzieciach"], "dziecko"),
}
# What becomes of the end of a Polish stem: an e that comes and goes, as in "mieszkaniec" and "mieszkańcy" or "ośrodek"
# and "ośrodki", and a consonant that softens, as in "imigrant" and "imigranci" or "urzędnik" and "urzędnicy".
POLISH_ENDS = [("iec", "c"), ("ek", "k"), ("nc", "nt"), ("ic", "ik"), ("iusz", "iu")]


@lru_cache
def stemmer(language):
    return snowballstemmer.stemmer(SNOWBALL[language])


def words(text):
    """The words of a text in lower case, in their order."""
    return WORD.findall(unicodedata.normalize("NFC", without_tags(text).lower()))


@lru_cache(maxsize=20_000)
def stem(word, language):
    """The folded stem of one lower-case word: stem("uchodźców", "pl") gives "uchodzc"."""
    return without_marks(stemmer(language).stemWord(word))


@lru_cache(maxsize=20_000)
def root(word, language):
    """The folded stem in which all forms of a word meet.

    In Spanish the stem of a plural has a stem itself: "ciudades" gives "ciudad", that gives "ciud". Elsewhere that would
    bring together what does not belong together, as Πολωνία, Poland, and πόλη, a city. In Greek "συμβούλιο" keeps an ι
    that "συμβούλια" and "συμβουλίου" lose. A word of signs that no stem is left of is its own root.
    """
    word = IRREGULAR.get(language, {}).get(without_marks(word), word)
    found = stem(word, language)
    while language == "es" and len(shorter := stem(found, language)) < len(found):
        found = shorter
    if language == "el" and len(found) > LONG_STEM:
        found = found.removesuffix("ι")
    if language == "pl":
        found = without_polish_end(found)
    return found or without_marks(word)


def without_polish_end(found):
    """A folded Polish stem with the end that all forms of the word can have; "człowiek" keeps its own in all of them."""
    if len(found) > LONG_STEM + 1:
        found = found.removesuffix("ow")  # Kraków is "krak" already, Krakowa is not
    for end, common in POLISH_ENDS:
        if len(found) > LONG_STEM and found.endswith(end) and not found.endswith("iek"):
            found = found.removesuffix(end) + common
    return found


def searchable(texts):
    """What a record stores: the folded words and stems of its texts, given as pairs (language, text).

    A text whose language is None is nobody's language, such as an acronym: its words are kept, not stemmed.
    """
    found = {}
    for language, text in texts:
        for word in words(text or ""):
            found[without_marks(word)] = None
            if language:
                found[stem(word, language)] = None
    return f" {' '.join(found)} " if found else ""


def sought(text):
    """What a search looks for: for each word typed, the word beginnings of which one must occur."""
    return [shortest(stem(word, language) for language, _name in settings.LANGUAGES) for word in words(text)]


def shortest(beginnings):
    """The beginnings without those that start with another one, which finds the same and more."""
    kept = []
    for beginning in sorted(set(beginnings)):
        if not kept or not beginning.startswith(kept[-1]):
            kept.append(beginning)
    return kept
