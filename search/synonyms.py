"""Words by which people look for a policy area, kept by editors: "housing", "mieszkanie"."""

from approaches.models import Synonym
from publishing.languages import LANGUAGES


def areas_of(words):
    """For each word of a query, the keys of the policy areas that it means: a list of sets, as long as the words.

    Words that are a synonym together, such as "right to vote", each mean its area. One query of the database.
    """
    runs = {}  # the key of each run of words in each language: the places of its words
    for length in range(1, Synonym.MOST_WORDS + 1):
        for start in range(len(words) - length + 1):
            run = range(start, start + length)
            for language in LANGUAGES:
                key = Synonym.key_of([words[place] for place in run], language)
                runs.setdefault(key, set()).update(run)
    areas = [set() for _word in words]
    if runs:
        for key, area in Synonym.objects.filter(key__in=runs).values_list("key", "area").order_by():
            for place in runs[key]:
                areas[place].add(area)
    return areas


def renew():
    """Make the keys of all synonyms anew, for the roots of words may be others than when these were stored."""
    synonyms = list(Synonym.objects.all())
    for synonym in synonyms:
        synonym.key = synonym.own_key()
    Synonym.objects.bulk_update(synonyms, ["key"], batch_size=200)
