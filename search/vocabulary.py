"""The words that occur in what can be found, with the number of documents that have them.

So a word that nobody has written can be answered with the nearest one that exists. They are counted along with the
index: whatever writes documents says which words these had before and have now.
"""

import unicodedata
from collections import Counter

from django.db import transaction
from django.db.models import F

from publishing.text import without_tags
from publishing.words import WORD
from search.models import Word

SHORTEST, LONGEST = 3, 40  # letters of a word that is worth to be offered
BATCH = 500


def words_of(texts):
    """The words of a document: {(language, word in small letters): (written, whether in a name)}.

    Takes texts as (language, text, whether it is a name); a text whose language is None is nobody's.
    """
    found = {}
    for language, text, is_name in texts:
        for written in WORD.findall(unicodedata.normalize("NFC", without_tags(text or ""))):
            if is_kept(written):
                keep(found, (language or "", written.lower()), (written, is_name))
    return found


def is_kept(word):
    """Whether a word can be in the vocabulary."""
    return SHORTEST <= len(word) <= LONGEST and word.isalpha()


def keep(found, key, word):
    """Keep the better of two ways in which a word is written.

    That of a name is better than that of a text, where a capital may only be the beginning of a sentence.
    """
    known = found.setdefault(key, word)
    if (not word[1], word[1] or has_capital(word)) < (not known[1], known[1] or has_capital(known)):
        found[key] = word


def has_capital(word):
    return word[0] != word[0].lower()


def change(before, after):
    """Count documents that have changed, each given by its words as `words_of` gives them: as they were, as they are."""
    steps, shown = Counter(), {}
    for document in before:
        steps.subtract(document.keys())
    for document in after:
        steps.update(document.keys())
        for key, word in document.items():
            keep(shown, key, word)
    with transaction.atomic():
        names = {key for key in shown if shown[key][1]}
        write(
            shown, names, update_conflicts=True, unique_fields=["key"], update_fields=["written", "is_name"]
        )
        write(shown, [key for key in shown if steps[key] > 0 and key not in names], ignore_conflicts=True)
        for step in sorted(set(steps.values()) - {0}):
            count_by(step, [key for key in steps if steps[key] == step])
        Word.objects.filter(documents__lte=0).delete()


def count_by(step, keys):
    """Change the numbers of documents of some words by the same."""
    for batch in batches(keys):
        Word.objects.filter(pk__in=[Word.key_of(*key) for key in batch]).update(
            documents=F("documents") + step
        )


def write(shown, keys, numbers=None, **conflicts):
    """Write words in batches; what happens to those that are there already is said as to `bulk_create`."""
    for batch in batches(keys):
        Word.objects.bulk_create(
            [Word.of(*key, *shown[key], documents=numbers[key] if numbers else 0) for key in batch],
            **conflicts,
        )


def rebuild(documents):
    """Count all documents anew. The words of the site stay usable meanwhile: each is replaced, then the rest removed."""
    numbers, shown = Counter(), {}
    for document in documents:
        numbers.update(document.keys())
        for key, word in document.items():
            keep(shown, key, word)
    write(
        shown,
        numbers,
        numbers,
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=["written", "is_name", "documents"],
    )
    gone = set(Word.objects.values_list("key", flat=True)) - {Word.key_of(*key) for key in numbers}
    for batch in batches(gone):
        Word.objects.filter(pk__in=batch).delete()


def batches(keys):
    """The keys in an order that is the same for everybody, so that two who write do not wait for each other."""
    ordered = sorted(keys)
    return [ordered[start : start + BATCH] for start in range(0, len(ordered), BATCH)]
