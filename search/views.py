"""One search over every kind of record, in every language at once."""

from django.shortcuts import render

from publishing import words
from publishing.forms import LONGEST_QUERY
from publishing.gather import gather
from search.kinds import KINDS

MOST_WORDS = 12


def results(request):
    q = " ".join(request.GET.get("q", "").replace("\0", " ").split())[:LONGEST_QUERY]
    groups = search(" ".join(words.words(q)[:MOST_WORDS]))
    return render(
        request,
        "search/results.html",
        {"q": q, "groups": groups, "total": sum(group["total"] for group in groups)},
    )


def search(q):
    """The results by kind; nothing for a text without a word."""
    if not q:
        return []
    found = gather(**{kind.name: kind.found(q) for kind in KINDS})
    return [kind.group(found[kind.name], q) for kind in KINDS if found[kind.name]]
