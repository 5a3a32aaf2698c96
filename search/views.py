"""The search page, and the suggestions while somebody types into the field of a search."""

from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from publishing.languages import current_language
from publishing.listing import render_listing
from search import finding, misses
from search.forms import SearchForm
from search.nothing import Nothing
from search.rows import rows_of, suggestions_of

SHORTEST = 2  # letters for which there are suggestions
SUGGESTIONS = 8
KEPT = 60  # seconds for which a browser may show the same suggestions again


def results(request):
    form = SearchForm(request.GET)
    if not form.sought:
        return render(request, "search/start.html", {"form": form})
    findings = form.findings
    nothing = None if findings.total else Nothing(form)
    if nothing and not form.active:
        misses.note(request, form.q, current_language(), nothing.total)
    response = render_listing(
        request,
        "search/results.html",
        {
            "form": form,
            "total": findings.total,
            "page": findings.page,
            "rows": rows_of(findings, form.options["area"]),
            "nothing": nothing,
        },
    )
    if form.is_beyond:
        response.status_code = 404
    return response


@require_safe
def suggestions(request):
    """The names that begin like what is being typed, as options for the list of suggestions.js."""
    text = " ".join(request.GET.get("q", "").split())
    found = finding.suggest(text, limit=SUGGESTIONS) if len(text) >= SHORTEST else []
    response = render(request, "search/_suggestions.html", {"suggestions": suggestions_of(found, text)})
    response["X-Robots-Tag"] = "noindex"
    patch_cache_control(response, public=True, max_age=KEPT)
    return response
