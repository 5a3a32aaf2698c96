"""Pages of commitments."""

from django.db.models import CharField, IntegerField, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.shortcuts import render

from cities.models import City
from commitments.forms import CommitmentFilterForm
from commitments.models import Commitment, CommitmentSource, Place
from publishing.addresses import record_or_redirect
from publishing.forms import PAGE_SIZE, page_of
from publishing.gather import as_written
from publishing.languages import texts
from publishing.listing import render_listing
from publishing.models import SOURCE_COLUMNS
from publishing.prepared import Parameter, ask_lists
from publishing.text import teaser

OTHERS = 6


def commitment_list(request):
    form = CommitmentFilterForm(request.GET)
    page = page_of(range(form.total), request.GET.get("page"), form.total)
    return render_listing(
        request,
        "commitments/list.html",
        {"form": form, "page": page, "total": form.total, "commitments": commitments_on(page, form)},
    )


def commitments_on(page, form):
    """The rows of one page of the list."""
    start = max(page.start_index() - 1, 0)

    def build():
        records = form.results
        on_page = Commitment.objects.filter(pk__in=records.values("pk")[start : start + PAGE_SIZE])
        return {"commitments": row_for_each_place(on_page.order_by(*records.query.order_by))}

    # What somebody typed is part of the query, so the query of a search is not kept.
    key = None if form.q else ("commitments", form.state, page.number)
    return with_places(ask_lists(key, build)["commitments"])


def row_for_each_place(commitments):
    """What a list shows of commitments, for `ask_lists`: a row for each place of each commitment."""
    return (
        commitments.order_by(*commitments.query.order_by, "places__position", "places__pk"),
        {"slug": "slug", "kind": "kind", "submitter": "submitter", "started": "started", "ended": "ended"}
        | {"place": "places__name", "country_in_english": "places__country__name_en"}
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
            commitments[row["slug"]]["places"].append(place(row | {"name": row["place"]}))
    return list(commitments.values())


def same_city():
    """The address of the municipality of the directory that a place is: that of its name in its country."""
    named = Q(local_name=OuterRef("name")) | Q(name_en=OuterRef("name"))
    city = as_written(City.objects.published()).filter(named, country=OuterRef("country")).order_by("pk")
    return Coalesce(Subquery(city.values("slug")[:1]), Value(""), output_field=CharField())


def place(row):
    """A place for a page; one that is a whole country goes by the country's name alone."""
    return row | {"is_country": row["name"] == row["country_in_english"]}


def commitment_detail(request, slug):
    commitment, moved = record_or_redirect(published_commitments, slug)
    if moved:
        return moved
    request.page_languages = commitment.languages
    request.page_records = [commitment]
    request.page_picture = commitment.picture
    facts = ask_lists("commitment", lists_about_commitment, commitment=commitment.pk)
    return render(
        request,
        "commitments/detail.html",
        {
            "commitment": commitment,
            "places": [place(row) for row in facts["places"]],
            "countries": {place["code"]: place["country"] for place in facts["places"]},
            "others": with_places(facts["others"]),
            "sources": facts["sources"],
        },
    )


def published_commitments():
    return Commitment.objects.published().select_related("picture")


def lists_about_commitment():
    """What belongs to a commitment, and others from its countries, as lists for `ask_lists`."""
    commitment = Parameter("commitment", IntegerField())
    others = Commitment.objects.published().from_countries_of(commitment)
    return {
        "places": (
            Place.objects.filter(commitment=commitment).order_by("position", "pk"),
            {
                "name": "name",
                "code": "country__code",
                "country_in_english": "country__name_en",
                "city": same_city(),
            }
            | texts(country="country__name"),
        ),
        "others": row_for_each_place(others.filter(pk__in=others.values("pk")[:OTHERS])),
        "sources": (
            CommitmentSource.objects.filter(commitment=commitment).order_by("position", "pk"),
            SOURCE_COLUMNS,
        ),
    }
