"""Words as the index knows them: tokens of a–z and 0–9, which every database takes apart in the same way.

A text leaves the folded form of each word, in their order, and the root of each, marked with its language: "uchodzc7pl".
So roots of different languages never meet. What is written the same in every language, such as the name of an
organisation, can be inflected in any of them; the name that a place has on the spot only in Polish and Greek, and in the
German genitive, else French "santé" would find every Catalan "Sant". A name as a whole is one token: "8novisad"; for what
somebody is still typing, its words are kept once more: "9novi 9sad".
"""

import re
from functools import lru_cache

from publishing import words
from publishing.languages import LANGUAGES
from publishing.sorting import without_marks

# Changes whenever the same text leaves other tokens than before: then the index is made anew.
VERSION = 3

PLACE = ""  # stands for the language of the name that a place has on the spot
LONGEST = 60  # letters of a word that count: longer ones are addresses or accidents
BOUNDARY = "0zz"  # stands between two texts, so that no phrase goes from one into the other
FRENCH_E = re.compile(r"(?<=i)e(?=res?$)"), re.compile(r"(?<=i)e(?=es?$)|(?<!é)e(?=s?$)")
COMPOUND = re.compile(r"\w+(?:[-‐‑]\w+)+|\w+(?:\.\w+)+")


@lru_cache(maxsize=50_000)
def folded(word):
    """The token of a word itself, whatever its language."""
    return spelled(without_marks(word)[:LONGEST])


@lru_cache(maxsize=100_000)
def stemmed(word, language):
    """The token of the root of a lower-case word in a language: stemmed("uchodźców", "pl") gives "uchodzc7pl"."""
    return f"{spelled(words.root(word[:LONGEST], language))}7{language}"


def spelled(word):
    """A folded word with a–z and 0–9 only; a Greek letter becomes two characters, any other one several."""
    if word.isascii() and word.isalnum():
        return word
    return "".join(letter if letter.isascii() and letter.isalnum() else code(letter) for letter in word)


def code(letter):
    """The Greek letters are 0a to 0x. PostgreSQL would read "0e0" as a number, so ε has the place of ς, which is folded."""
    if letter == "ε":
        return "0r"
    number = ord(letter) - ord("α")
    return f"0{chr(ord('a') + number)}" if 0 <= number < 25 else f"0z{ord(letter):x}z"


@lru_cache(maxsize=50_000)
def sought(word):
    """The tokens of which one has to be there for a word that was typed: the word, or its root in any language."""
    return frozenset(
        [folded(word), *(stemmed(word, language) for language in LANGUAGES), stemmed(accented(word), "fr")]
    )


def accented(word):
    """A word as French writes it if its ending has lost an accent: "refugies" gives "refugiés".

    Other accents make no difference to a root, but these decide where it ends.
    """
    grave, acute = FRENCH_E
    return grave.sub("è", word) if grave.search(word) else acute.sub("é", word, count=1)


@lru_cache(maxsize=50_000)
def of_place(word):
    """The tokens of a word in the name that a place has on the spot: "Krakowa" and "Berlins" find it, too."""
    return frozenset([folded(word), stemmed(word, "pl"), stemmed(word, "el"), f"{folded(word)}s"])


def of_text(word, language):
    """The tokens that a word of a text in a language leaves in the index.

    None is a text of no language, such as the name of an organisation; PLACE is the name that a place has on the spot.
    """
    if language == PLACE:
        return of_place(word)
    return sought(word) if language is None else {folded(word), stemmed(word, language)}


def whole(typed):
    """The token of a name as a whole, made from its words."""
    return "8" + "".join(map(folded, typed))[: 2 * LONGEST]


def area(key):
    """The token of a policy area, given by its primary key."""
    return f"area9{key}"


def joined(text):
    """The words of a text that are written with hyphens or points inside, without these."""
    for compound in COMPOUND.findall(text):
        yield from words.words(re.sub(r"[-‐‑.]", "", compound))


def of_texts(texts):
    """The tokens of texts, given as pairs of a language, PLACE or None, and a text."""
    sequence, others = [], {}
    for language, text in texts:
        typed = words.words(text)
        sequence += map(folded, typed)
        sequence.append(BOUNDARY)
        for word in (*typed, *joined(text)):
            others.update(dict.fromkeys(of_text(word, language)))
    told = set(sequence)
    return " ".join([*sequence, *sorted(token for token in others if token not in told)])


def of_names(names):
    """The tokens of names, each of them also as a whole."""
    return " ".join([of_texts(names), *sorted({whole(words.words(name)) for _language, name in names})])


def of_beginnings(names):
    """The tokens of names for somebody who is still typing."""
    found = set()
    for _language, name in names:
        typed = words.words(name)
        found.add(whole(typed))
        found.update(f"9{folded(word)}" for word in (*typed, *joined(name)))
    return " ".join(sorted(found))
