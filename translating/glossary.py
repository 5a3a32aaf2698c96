"""The terms of fixtures/glossary.yaml where they occur in a text, inflected or not."""

from functools import cache
from typing import NamedTuple

import yaml
from django.conf import settings

from publishing import words
from publishing.sorting import without_marks

# One word of a button is another one in a text: "Open", "Share", "About".
CONTROLS = ("Button", "Navigation", "Paging", "Map control", "View switch")


class Term(NamedTuple):
    """A term in the language of the original, its word in another one, and a remark about its use."""

    original: str
    translation: str
    note: str


@cache
def glossary():
    path = settings.CONTENT_DIR / "glossary.yaml"
    return yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader) if path.exists() else []


@cache
def terms(language, target):
    """The terms that have words in both languages, by their first stem, those of most words first.

    Of two forms of one term, singular and plural, the first one stands for both. What only the interface says is left
    out: sentences with a place for a number, and single words of its controls.
    """
    found = {}
    for entry in glossary():
        original, translation = entry["translations"].get(language), entry["translations"].get(target)
        note = entry.get("note", "")
        key = tuple(stems(original or "", language))
        if not (key and translation) or "{" in entry["term"] or (len(key) == 1 and note.startswith(CONTROLS)):
            continue
        found.setdefault(key, Term(original, translation, note))
    by_first = {}
    for key in sorted(found, key=len, reverse=True):
        by_first.setdefault(key[0], []).append((key, found[key]))
    return by_first


def stems(text, language):
    return [words.stem(word, language) or without_marks(word) for word in words.words(text)]


def occurring(text, language, target):
    """The terms that occur in a text of one language, with their words in another, in the order of the text."""
    known = terms(language, target)
    stemmed = stems(text or "", language)
    found, place = {}, 0
    while place < len(stemmed):
        for key, term in known.get(stemmed[place], []):
            if tuple(stemmed[place : place + len(key)]) == key:
                found[key] = term
                place += len(key) - 1
                break
        place += 1
    return list(found.values())
