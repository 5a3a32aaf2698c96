"""Pages of commitments."""

from django.shortcuts import render

from commitments.forms import CommitmentFilterForm
from commitments.models import Commitment
from publishing.addresses import record_or_redirect
from publishing.gather import gather
from publishing.languages import texts
from publishing.models import SOURCE_COLUMNS
from publishing.text import teaser

OTHERS = 6


def commitment_list(request):
    form = CommitmentFilterForm(request.GET, Commitment.objects.published())
    page = form.page(total=form.total)
    return render(
        request, "commitments/list.html", {"form": form, "page": page, "commitments": commitments_on(page)}
    )


def commitments_on(page):
    """The rows of one page of a list."""
    records = page.object_list
    commitments = Commitment.objects.filter(pk__in=records.values("pk")).order_by(*records.query.order_by)
    return with_places(gather(commitments=row_for_each_place(commitments))["commitments"])


def row_for_each_place(commitments):
    """What a list shows of commitments, for `gather`: a row for each place of each commitment."""
    return (
        commitments.order_by(*commitments.query.order_by, "places__position", "places__pk"),
        {"slug": "slug", "kind": "kind", "submitter": "submitter", "started": "started", "ended": "ended"}
        | {"place": "places__name"}
        | texts(title="title", summary="summary", country="places__country__name"),
    )


def with_places(rows):
    """Those rows as one row for each commitment, with its `places`."""
    commitments = {}
    for row in rows:
        if row["slug"] not in commitments:
            summary = row["summary"]._replace(value=teaser(row["summary"].value))
            kind = Commitment.Kind(row["kind"]).label
            commitments[row["slug"]] = row | {"summary": summary, "kind": kind, "places": []}
        if row["place"]:
            commitments[row["slug"]]["places"].append({"name": row["place"], "country": row["country"]})
    return list(commitments.values())


def commitment_detail(request, slug):
    commitment, moved = record_or_redirect(Commitment.objects.published(), slug=slug)
    if moved:
        return moved
    request.page_languages = commitment.languages
    others = Commitment.objects.published().from_countries_of(commitment)
    facts = gather(
        places=(
            commitment.places.order_by("position", "pk"),
            {"name": "name", "code": "country__code"} | texts(country="country__name"),
        ),
        others=row_for_each_place(others.filter(pk__in=others.values("pk")[:OTHERS])),
        sources=(commitment.sources.order_by("position", "pk"), SOURCE_COLUMNS),
    )
    return render(
        request,
        "commitments/detail.html",
        {
            "commitment": commitment,
            "places": facts["places"],
            "countries": {place["code"]: place["country"] for place in facts["places"]},
            "others": with_places(facts["others"]),
            "sources": facts["sources"],
        },
    )
