"""Pages of the admin on which members of a network are added, compared and ended from a list."""

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from cities.models import Country
from networks.models import Network, Roll
from networks.rolls import comparing
from networks.rolls.comparing import Comparison
from networks.rolls.forms import RollForm, take_choices
from networks.rolls.reading import MOST_LINES
from networks.rolls.writing import Meanwhile, write
from networks.years import At
from publishing.formats import number
from publishing.forms import page_of

MOST_NAMED = 200  # in lists that only tell

RIGHTS = [
    "networks.add_membership",
    "networks.change_membership",
    "networks.add_organisationmembership",
    "networks.change_organisationmembership",
    "cities.add_city",
]

# What becomes of the lines of a list, in words.
OUTCOMES = {
    comparing.JOINS: gettext_lazy("to be added"),
    comparing.CREATED: gettext_lazy("to be created as drafts and added"),
    comparing.REJOINS: gettext_lazy("former members, to be members again"),
    comparing.COMPLETED: gettext_lazy("members already, to be completed"),
    comparing.UNSURE: gettext_lazy("unsure: you decide"),
    comparing.FORMER: gettext_lazy("former members: you decide"),
    comparing.UNKNOWN: gettext_lazy("unknown: you decide"),
    comparing.PRESENT: gettext_lazy("members already"),
    comparing.LEFT_OUT: gettext_lazy("left out"),
    comparing.REPEATED: gettext_lazy("named twice"),
    comparing.REFUSED: gettext_lazy("refused"),
}


def page(request, template, title, context, status=200):
    """A page of the admin about networks, without its list of apps: lists need the room."""
    frame = admin.site.each_context(request) | {
        "is_nav_sidebar_enabled": False,
        "title": title,
        "opts": Network._meta,
    }
    return render(request, f"admin/networks/{template}.html", frame | context, status=status)


def require_rights(request, rights=RIGHTS):
    if not request.user.has_perms(rights):
        raise PermissionDenied


@csrf_exempt
def members(request, pk):
    """Take a list of members. One that is too large is refused before it is read, in words of the page."""
    require_rights(request)
    network = get_object_or_404(Network, pk=pk)
    if int(request.META.get("CONTENT_LENGTH") or 0) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
        while request.read(2**16):
            pass  # whoever is still sending would not hear the answer
        return members_page(request, network, RollForm(network), too_large=True)
    return take_list(request, network)


@csrf_protect
def take_list(request, network):
    form = RollForm(network, *((request.POST, request.FILES) if request.method == "POST" else ()))
    if form.is_bound and form.is_valid():
        return redirect("admin:networks_network_roll", network.pk, form.save(request.user).pk)
    return members_page(request, network, form)


def members_page(request, network, form, too_large=False):
    context = {"network": network, "form": form, "most": MOST_LINES, "too_large": too_large}
    status = 413 if too_large else 400 if form.errors else 200
    return page(request, "members", _("Members from a list"), context, status=status)


def roll(request, pk, roll_pk):
    """What a list would change; and, once that is confirmed, changing it."""
    require_rights(request)
    waiting = get_object_or_404(
        Roll.objects.select_related("network"), pk=roll_pk, network=pk, user=request.user
    )
    action = request.POST.get("action")
    if action == "cancel":
        waiting.delete()
        messages.info(request, _("Nothing was changed."))
        return redirect("admin:networks_network_change", pk)
    problems = note_choices(request, waiting) if request.method == "POST" else []
    if action == "confirm" and not problems and confirmed(request, waiting):
        return redirect(list_of_members(waiting.network))
    for problem in problems:
        messages.error(request, problem)
    return preview(request, waiting)


def note_choices(request, waiting):
    """Keep what the editor has decided so far; the sentences about what is wrong with it."""
    problems = take_choices(waiting, request.POST)
    action = request.POST.get("action")
    if action == "create-all":
        create_all(waiting)
    if action == "end-all":
        at = At.read({"at": request.POST.get("year", "")})
        problems += at.problems
        end_all(waiting, at.year)
    waiting.save(update_fields=["choices"])
    return problems


def create_all(waiting):
    """Choose a draft for each unknown name that has all that a draft needs."""
    for entry in Comparison(waiting).of(comparing.UNKNOWN):
        if entry.country and entry.slug:
            choice = waiting.choices["lines"].setdefault(str(entry.line.number), {})
            choice["take"] = "new"


def end_all(waiting, year):
    """Let the memberships of all who are not named end in a year, or none where no year is given."""
    for leaver in Comparison(waiting).leavers:
        if leaver.can_end:
            waiting.choices["left"][leaver.key] = year
    waiting.choices["left"] = {key: year for key, year in waiting.choices["left"].items() if year}


def confirmed(request, waiting):
    """Write what the list changes; whether that is done. If not, a message says why."""
    if Comparison(waiting).flawed:
        messages.error(request, _("Nothing is written yet: some of your decisions lack something."))
        return False
    try:
        writing = write(waiting, request.user, request.POST.get("mark", ""))
    except Meanwhile:
        message = _(
            "The directory has changed meanwhile, so nothing has been written. Look at the list again."
        )
        messages.error(request, message)
        return False
    for message in told(writing):
        messages.success(request, message)
    return True


def told(writing):
    """What was written, in sentences."""
    counted = [
        (
            writing.added,
            ngettext("%(count)s membership is added.", "%(count)s memberships are added.", writing.added),
        ),
        (
            writing.created,
            ngettext(
                "%(count)s municipality is created as a draft.",
                "%(count)s municipalities are created as drafts.",
                writing.created,
            ),
        ),
        (
            writing.completed,
            ngettext(
                "%(count)s membership is completed.",
                "%(count)s memberships are completed.",
                writing.completed,
            ),
        ),
        (
            writing.ended,
            ngettext("%(count)s membership has ended.", "%(count)s memberships have ended.", writing.ended),
        ),
    ]
    sentences = [message % {"count": number(count)} for count, message in counted if count]
    return sentences or [_("Nothing was changed.")]


def list_of_members(network):
    query = urlencode({"network__id__exact": network.pk})
    return f"{reverse('admin:networks_membership_changelist')}?{query}"


def preview(request, waiting):
    comparison = Comparison(waiting)
    pages = {name: shown_page(request, name, rows) for name, rows in parts_of(comparison).items()}
    countries = Country.objects.order_by("sort_name")
    names = {country.code: str(country) for country in countries}
    for entry in pages["asking"]:
        entry.country_typed = entry.choice.country or names.get(entry.country, "")
    present = sorted(comparison.of(comparing.PRESENT), key=lambda entry: not entry.differences)
    joined = [entry for entry in comparison.entries if entry.is_joining]
    context = {
        "network": waiting.network,
        "roll": waiting,
        "comparison": comparison,
        "counts": [(label, comparison.counts[outcome]) for outcome, label in OUTCOMES.items()],
        "pages": pages,
        "joined": first_of(joined),
        "present": first_of(present),
        "differs": any(entry.differences for entry in present),
        "untaken": comparison.of(comparing.REFUSED, comparing.REPEATED),
        "countries": names.values(),
    }
    return page(request, "roll", _("What the list changes"), context)


def first_of(entries):
    """The entries that a list names, and how many more there are."""
    return {"entries": entries[:MOST_NAMED], "more": max(len(entries) - MOST_NAMED, 0)}


def parts_of(comparison):
    """The lists of a preview that have several pages."""
    sure = [entry for entry in comparison.entries if not entry.asks]
    shown = (comparing.JOINS, comparing.COMPLETED, comparing.LEFT_OUT)
    return {
        "asking": comparison.asking,
        "adding": [entry for entry in sure if entry.outcome in shown and not entry.membership],
        "completing": [entry for entry in sure if entry.outcome in shown and entry.membership],
        "left": comparison.leavers,
    }


def shown_page(request, name, rows):
    """The page of a list that a button asks for, or the one that was there."""
    asked = request.POST.get(f"go-{name}") or request.POST.get(f"at-{name}")
    return page_of(rows, asked, len(rows))
