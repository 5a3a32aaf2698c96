"""One search over every kind of record, in every language at once."""

from django.db.models import Value
from django.shortcuts import render

from publishing import words
from publishing.forms import LONGEST_QUERY
from publishing.gather import gather
from search import finding
from search.scan import KINDS

MOST_WORDS = 10


def results(request):
    q = " ".join(request.GET.get("q", "").replace("\0", " ").split())[:LONGEST_QUERY]
    sought = list(dict.fromkeys(words.words(q)))[:MOST_WORDS]
    groups = search(" ".join(sought))
    return render(
        request,
        "search/scan.html",
        {"q": q, "groups": groups, "total": sum(group["total"] for group in groups)},
    )


def search(q):
    """The results by kind; nothing for a text without a word.

    One query looks through all kinds, a second one fetches what the page shows.
    """
    found = first_results(q) if q else {}
    if not found:
        return []
    shown = gather(**{kind.name: kind.shown(list(found[kind.name])) for kind in KINDS if kind.name in found})
    groups = []
    for kind in KINDS:
        if totals := found.get(kind.name):
            rows = {row["pk"]: row for row in shown[kind.name]}
            groups.append(kind.group([rows[key] for key in totals], max(totals.values()), q))
    return groups


def first_results(q):
    """The first results of each kind that has any, in order: {kind: {primary key: number of all}}."""
    first, *others = (
        kind.found(q)
        .annotate(found_kind=Value(number))
        .values_list("found_kind", "pk", "found_place", "found_total")
        for number, kind in enumerate(KINDS)
    )
    found = {}
    for number, key, _place, total in first.union(*others, all=True).order_by("found_kind", "found_place"):
        found.setdefault(KINDS[number].name, {})[key] = total
    return found


def suggestions(request):
    """The names that begin like what is being typed, as options for the list of suggestions.js."""
    text = " ".join(request.GET.get("q", "").split())
    found = finding.suggest(text, limit=8) if len(text) >= 2 else []
    return render(request, "search/_suggestions.html", {"results": found or []})
