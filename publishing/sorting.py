"""Alphabetical order as a reader of each language expects it, stored so that any database can sort by it.

A database sorts text by its own collation, SQLite knows none, and no server knows them all. So each record keeps,
for each language, a key of plain lower-case letters and digits that every collation orders the same way: two
characters per letter, the letter's place in the alphabet of that language.

The alphabets follow the Unicode CLDR collation charts: Polish and Spanish have letters of their own (ł after l,
ñ after n); elsewhere a letter with a mark sorts as the letter without; Greek readers find Greek names before Latin ones.
"""

import unicodedata

LATIN = "abcdefghijklmnopqrstuvwxyz"
GREEK = "αβγδεζηθικλμνξοπρστυφχψω"
DIGITS = "0123456789"
POLISH = "aąbcćdeęfghijklłmnńoópqrsśtuvwxyzźż"
SPANISH = "abcdefghijklmnñopqrstuvwxyz"

ALPHABETS = {"pl": DIGITS + POLISH + GREEK, "es": DIGITS + SPANISH + GREEK, "el": DIGITS + GREEK + LATIN}
DEFAULT_ALPHABET = DIGITS + LATIN + GREEK

# Letters that Unicode does not take apart into a letter and a mark.
SPELLED_OUT = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ς": "σ"}
)
CHARACTERS = DIGITS + LATIN
LONGEST = 200


def without_marks(text):
    """The text in lower case, letters without their accents: "Łódź" gives "lodz", "Αθήνα" gives "αθηνα"."""
    decomposed = unicodedata.normalize("NFD", text.casefold().translate(SPELLED_OUT))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).translate(
        SPELLED_OUT
    )


def sort_key(text, language):
    """A key of at most 200 characters [0-9a-z] that sorts the text as readers of the language expect."""
    alphabet = ALPHABETS.get(language, DEFAULT_ALPHABET)
    places = []
    for letter in unicodedata.normalize("NFC", text.strip().lower()):
        if letter in alphabet:
            places.append(alphabet.index(letter) + 1)
        elif letter in " -–/":
            places.append(0)
        else:
            places.extend(alphabet.index(plain) + 1 for plain in without_marks(letter) if plain in alphabet)
    while places and places[0] == 0:
        places.pop(0)
    return "".join(CHARACTERS[place // 36] + CHARACTERS[place % 36] for place in places)[:LONGEST]
