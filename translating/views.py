"""The pages of the translators' desk."""

import re
from datetime import timedelta
from functools import wraps

from django.contrib import admin, messages
from django.contrib.auth import get_permission_codename
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.text import capfirst
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from js_asset import Media

from publishing.admin import SCRIPT_WORDS
from publishing.formats import language_name, number
from publishing.kinds import desk_kinds
from publishing.languages import LANGUAGES
from publishing.models import Translation
from publishing.translations import approve, confirm, languages_of, may_approve
from translating import coverage as coverages
from translating.entries import Entry, TextsForm
from translating.models import Claim
from translating.worklist import WorkList

State = Translation.State
ENTRY = re.compile(r"([a-z_.]+):([0-9]{1,18})")


def page(request, template, title, context, status=200):
    """A page of the admin, without its list of apps: the desk needs the room."""
    frame = admin.site.each_context(request) | {
        "is_nav_sidebar_enabled": False,
        "title": title,
        "language": "",
        "languages": request.languages,
    }
    return render(request, f"translating/{template}.html", frame | context, status=status)


def for_translators(view):
    """A view for people who translate; its `languages` are theirs. Others are told in words.

    A view about one language is for those whose language it is.
    """

    @wraps(view)
    def guarded(request, *args, language=None, **kwargs):
        request.languages = languages_of(request.user)
        if not request.languages:
            return page(request, "refused", _("Not allowed"), {}, status=403)
        if language is None:
            return view(request, *args, **kwargs)
        if language not in LANGUAGES:
            return missing(request)
        if language not in request.languages:
            return page(request, "refused", _("Not allowed"), {"refused_language": language}, status=403)
        try:
            return view(request, language, *args, **kwargs)
        except Http404:
            return missing(request)

    return guarded


def missing(request):
    return page(request, "missing", _("Page not found"), {}, status=404)


@for_translators
def languages(request):
    """Which language? Whoever has only one is at its list already."""
    if len(request.languages) == 1:
        return redirect("translating:desk", request.languages[0])
    every = coverages.of_languages(coverages.counted())
    own = [each for each in every if each.language in request.languages]
    return page(request, "languages", _("Translators’ desk"), {"coverages": own})


@for_translators
def desk(request, language):
    """The work list of a language."""
    if request.method == "POST":
        act_on_selection(request, language)
        return redirect(f"{reverse('translating:desk', args=[language])}?{request.GET.urlencode()}")
    work = WorkList(language, request.GET)
    title = _("Translators’ desk")
    return page(
        request,
        "desk",
        f"{title} – {capfirst(language_name(language))}",
        {
            "language": language,
            "work": work,
            "page": work.page,
            "numbers": work.page.paginator.get_elided_page_range(work.page.number),
            "progress": coverages.Coverage(language, "", work.progress),
            "may_approve": may_approve(request.user),
            "now": timezone.now().isoformat(),
        },
    )


def act_on_selection(request, language):
    """Confirm or approve the texts of the selected entries, as far as they are as they were when the list was shown."""
    verbs = {"confirm": (confirm, State.OUTDATED), "approve": (approve, State.MACHINE)}
    verb, state = verbs.get(request.POST.get("action"), (None, None))
    chosen = selected(request.POST.getlist("entry"), language)
    shown_at = moment(request.POST.get("shown_at", ""))
    if verb is None or shown_at is None or not chosen:
        messages.warning(request, _("Nothing was changed: choose entries and what to do with them."))
        return
    rows = [row for row in chosen if row.state == state and (not row.is_machine or verb is approve)]
    if not rows:
        messages.info(request, _("Nothing was changed."))
        return
    unchanged = [row for row in rows if max(row.original_changed_at, row.translated_at) <= shown_at]
    verb(unchanged, request.user)
    message = ngettext(
        "%(count)s text is up to date now.", "%(count)s texts are up to date now.", len(unchanged)
    )
    messages.success(request, message % {"count": number(len(unchanged))})
    if left := len(rows) - len(unchanged):
        message = ngettext(
            "%(count)s text has changed meanwhile and was left as it is.",
            "%(count)s texts have changed meanwhile and were left as they are.",
            left,
        )
        messages.warning(request, message % {"count": number(left)})


def moment(written):
    """A moment as the form of the list carries it; None for what is none."""
    try:
        found = parse_datetime(written)
    except ValueError:
        return None
    return found if found and timezone.is_aware(found) else None


def selected(keys, language):
    """The states of the texts of entries, given as "approaches.approach:12"."""
    wanted = {}
    for key in keys:
        if (match := ENTRY.fullmatch(key)) and match[1] in desk_kinds():
            wanted.setdefault(match[1], []).append(int(match[2]))
    return [
        row
        for kind, entries in wanted.items()
        for row in Translation.objects.filter(language=language, entry_kind=kind, entry__in=entries)
    ]


@for_translators
def entry(request, language, kind, pk):
    """An entry side by side with its translation."""
    found = find_entry(kind, pk, language)
    Claim.objects.renew(kind, pk, language, request.user)
    form = TextsForm(found.texts, request.POST if request.method == "POST" else None)
    if request.method == "POST" and (done := act_on_texts(request, found, form)):
        return done
    found.bind(form)
    return page(
        request,
        "entry",
        str(found.record),
        {
            "language": language,
            "entry": found,
            "form": form,
            "media": Media.from_media(form.media, nonce=request.csp_nonce),
            "script_words": {word: str(ours) for word, ours in SCRIPT_WORDS.items()},
            "may_approve": may_approve(request.user),
            "others_here": others_here(request.user, kind, pk, language),
        },
    )


def find_entry(kind, pk, language):
    kinds = desk_kinds()
    if kind not in kinds or kinds[kind].owner:
        raise Http404
    return Entry(kinds[kind], pk, language)


def act_on_texts(request, found, form):
    """Do what the button says. Where all went well, the answer is the way on; else nothing, and the page shows why."""
    verb, _colon, key = request.POST.get("action", "").partition(":")
    if verb in ("confirm", "approve"):
        return make_valid(request, found, form, verb, found.find(key))
    if not form.is_valid():
        messages.error(request, _("Nothing was saved. Please correct what is marked below."))
        return None
    following = next_address(request, found) if verb == "next" else request.get_full_path()
    saved = found.save(form, request.user)
    if saved:
        message = ngettext("%(count)s text was saved.", "%(count)s texts were saved.", saved)
        messages.success(request, message % {"count": number(saved)})
    elif not any(text.conflict for text in found.texts):
        messages.success(request, _("Nothing was changed."))
    if any(text.conflict for text in found.texts):
        messages.error(
            request,
            _("Somebody else has changed a text meanwhile. It was not overwritten: see both versions below."),
        )
        return None
    return redirect(following)


def make_valid(request, found, form, verb, text):
    """Confirm or approve one text. What was typed elsewhere on the page stays in its fields."""
    if text is None:
        raise Http404
    problem = found.make_valid(text, form, request.user, {"confirm": confirm, "approve": approve}[verb])
    if problem:
        form.add_error(text.key, problem)
        messages.error(request, problem)
        return None
    done = _("“%(text)s” is up to date now.") % {"text": text.label}
    if any(other.is_changed(form) for other in found.texts):
        messages.info(request, done)  # no success: the browser keeps what is typed until that is saved
        return None
    messages.success(request, done)
    return redirect(request.get_full_path())


def next_address(request, found):
    """Where the work list goes on after an entry: with the filter that the address carries."""
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    row = WorkList(found.language, request.GET).after(found.kind.label, found.record.pk)
    if row is None:
        return reverse("translating:desk", args=[found.language]) + query
    return reverse("translating:entry", args=[found.language, row.kind, row.entry]) + query


@require_POST
def presence(request, kind, pk):
    """Note that somebody has an entry open, and answer who else has, and which of the texts have changed meanwhile."""
    language = request.POST.get("language", "")
    if kind not in desk_kinds() or not may_be_present(request.user, kind, language):
        return JsonResponse({"message": _("Not allowed")}, status=403)
    try:
        has_changed = changed_meanwhile(kind, pk, language, request.POST.getlist("seen"))
    except Http404:
        message = _(
            "There is no such language or entry, or nothing in it is to be translated into this language."
        )
        return JsonResponse({"message": message}, status=404)
    Claim.objects.renew(kind, pk, language, request.user)
    sentences = others_here(request.user, kind, pk, language)
    if has_changed:
        sentences.append(
            _(
                "Somebody has changed a text of this page meanwhile. When you save, you will see both versions."
            )
        )
    return JsonResponse({"message": " ".join(sentences)})


def may_be_present(user, kind, language):
    """Whether a person may have an entry open: in the desk for a language, or its form if that is empty."""
    own = languages_of(user)
    if language:
        return language in own
    opts = desk_kinds()[kind].model._meta
    return bool(own) or user.has_perm(f"{opts.app_label}.{get_permission_codename('change', opts)}")


def others_here(user, kind, pk, language):
    """Sentences about who else has an entry open now, one about each person."""
    claims = reversed(Claim.objects.on(kind, pk, language).exclude(user=user))
    longest = {claim.user_id: claim for claim in claims}
    return [presence_of(claim) for claim in reversed(longest.values())]


def presence_of(claim):
    if timezone.now() - claim.since < timedelta(minutes=1):
        return _("%(name)s has just opened this entry, too.") % {"name": claim.person}
    return _("%(name)s has had this entry open for %(time)s, too.") % {
        "name": claim.person,
        "time": timesince(claim.since),
    }


def changed_meanwhile(kind, pk, language, seen):
    """Whether a text is another than the page shows, whose versions are given as "approaches.approach:12:summary=…".

    Raises Http404 if the entry is gone.
    """
    if not language:
        get_object_or_404(desk_kinds()[kind].model._base_manager, pk=pk)
        return False
    versions = dict(each.rpartition("=")[::2] for each in seen)
    texts = find_entry(kind, pk, language).texts
    return any(versions.get(text.key, str(text.version)) != str(text.version) for text in texts)


@for_translators
def coverage(request):
    """How much is translated, each number with a link to its list."""
    numbers, opened = coverages.counted(), coverages.entries_open()
    return page(
        request,
        "coverage",
        _("Coverage"),
        {
            "every": [
                (each, coverages.of_kinds(numbers, opened, each.language))
                for each in coverages.of_languages(numbers, opened)
            ],
            "states": coverages.STATES,
        },
    )
