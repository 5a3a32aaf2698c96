"""Addresses: of the site, of a page in every language, and of a record whose address has changed."""

from functools import cache

from django.conf import settings
from django.db.models import CharField
from django.http import Http404
from django.shortcuts import redirect
from django.urls import NoReverseMatch, Resolver404, get_script_prefix, resolve, reverse
from django.utils.translation import get_language, get_language_from_path, override

from publishing.languages import LANGUAGES
from publishing.models import FormerSlug
from publishing.prepared import Parameter, ask_record

ANY_SLUG = "slug-of-a-record"


def site_address(request):
    """The address of the site without a slash at the end: as configured, else as requested."""
    return settings.SITE_ADDRESS or f"{request.scheme}://{request.get_host()}"


def in_language(name, language, **kwargs):
    """The path of a page in one language: in_language("cities:detail", "de", slug="gdansk")."""
    with override(language):
        return reverse(name, kwargs=kwargs)


def address_of(name, slug):
    """The path of a record's page in the language of the page: address_of("cities:detail", "gdansk").

    Put together from pieces that are made once: a page links to a hundred records, and `reverse` takes its time.
    """
    before, after = around_slug(name, get_language(), get_script_prefix())
    return f"{before}{slug}{after}"


@cache
def around_slug(name, language, prefix):
    """What stands before and after the slug, in the language of the page, which is given, and under the given prefix."""
    before, after = reverse(name, args=[ANY_SLUG]).split(ANY_SLUG)
    return before, after


def in_languages(request):
    """The path of the requested page in each language; the start page where the request leads nowhere."""
    match = request.resolver_match
    try:
        return {language: in_language(match.view_name, language, **match.kwargs) for language in LANGUAGES}
    except (AttributeError, NoReverseMatch):
        return {language: in_language("pages:home", language) for language in LANGUAGES}


def is_taken(name, slug):
    """Whether in some language another page than that of the record has this address: is_taken("networks:detail", "graph")."""
    for language in LANGUAGES:
        with override(language):
            if resolve(reverse(name, kwargs={"slug": slug})).view_name != name:
                return True
    return False


def address_in_own_words(path):
    """The path with the words of its language, for one whose words are those of another: /pl/cities/gdansk/.

    None if it makes no sense in any language.
    """
    here = get_language_from_path(path)
    if not here:
        return None
    for language in LANGUAGES:
        with override(language):
            try:
                match = resolve(f"/{language}{path.removeprefix(f'/{here}')}")
            except Resolver404:
                continue
        return in_language(match.view_name, here, **match.kwargs)
    return None


def record_or_redirect(records, slug):
    """The one record with that slug, or, for a slug that it had before, the permanent way to its page.

    `records` is a function of a module that makes the queryset, whose SQL is kept. Gives a pair: the record and None,
    or None and the redirect. Raises Http404 for a slug that nothing ever had.
    """
    key = ("record", records)
    record = ask_record(key, lambda: records().filter(slug=Parameter("slug", CharField())), slug=slug)
    if record:
        return record, None
    every = records()
    former = FormerSlug.objects.filter(kind=every.model._meta.label_lower, slug=slug).first()
    moved = former and every.filter(pk=former.record).first()
    if not moved:
        raise Http404
    return None, redirect(moved.get_absolute_url(), permanent=True)
