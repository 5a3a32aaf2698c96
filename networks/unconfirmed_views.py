"""The work list of memberships that nobody has confirmed yet, of municipalities and of organisations."""

from dataclasses import dataclass
from itertools import groupby, pairwise

from django.contrib import messages
from django.contrib.admin.models import CHANGE, DELETION
from django.db import transaction
from django.db.models import CharField, Count, F, Value
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from cities.models import Country
from networks.models import Network
from networks.roll_views import page, require_rights
from networks.rolls.comparing import KINDS, state_of
from networks.rolls.reading import is_address
from networks.rolls.writing import changed, note
from networks.years import At
from publishing.forms import page_of
from publishing.languages import current_language, in_language
from publishing.text import shown_again
from publishing.translations import digest

RIGHTS = ["networks.change_membership", "networks.change_organisationmembership"]


class Refused(Exception):
    """What was decided cannot be done; says why."""


@dataclass
class Row:
    """An unconfirmed membership of the work list, and the one after it."""

    key: str
    membership: object
    after: str = ""

    @property
    def mark(self):
        """A digest of what the person sees of it."""
        return mark_of(self.membership)

    @property
    def opts(self):
        return self.membership._meta

    @property
    def id(self):
        return self.key.replace(":", "-")

    @property
    def country(self):
        return self.membership.member.country


def mark_of(membership):
    return digest(str(state_of(membership)))


class WorkList:
    """The memberships that an address asks for, by network, source and name.

    A network or country that is none is ignored and named in `problems`.
    """

    def __init__(self, data):
        self.data = data
        self.problems = []
        self.network = self.known("network", _("Network"), Network.objects.values_list("slug", flat=True))
        self.country = self.known("country", _("Country"), Country.objects.values_list("code", flat=True))
        self.sourced = data.get("sourced", "")
        self.former = "former" in data

    def known(self, name, label, keys):
        """The value of a filter, "" where it is none of the keys."""
        value = self.data.get(name, "")
        if not value or value in set(keys):
            return value
        self.problems.append(
            _("“%(value)s” is no value of the filter “%(filter)s” and was ignored.")
            % {"value": shown_again(value, 100), "filter": label}
        )
        return ""

    def of_kind(self, kind, model):
        """The unconfirmed memberships of one kind, under the filters."""
        rows = model.objects.unconfirmed()
        if not self.former:
            rows = rows.filter(until=None)
        if self.network:
            rows = rows.filter(network__slug=self.network)
        if self.country:
            rows = rows.filter(**{f"{model.member_field}__country__code": self.country})
        if self.sourced == "yes":
            rows = rows.exclude(source_url="")
        if self.sourced == "no":
            rows = rows.filter(source_url="")
        return rows

    def places(self):
        """The keys of all that fit, in their order: dicts of `kind` and `pk`."""
        language = current_language()
        kinds = [
            self.of_kind(kind, model)
            .annotate(
                kind=Value(kind, CharField()),
                network_place=F(in_language("network__sort_name", language)),
                place=F(in_language(f"{model.member_field}__sort_name", language)),
            )
            .order_by()
            .values("kind", "pk", "network_place", "source_url", "place")
            for kind, model in KINDS.items()
        ]
        every = kinds[0].union(*kinds[1:], all=True)
        return every.order_by("network_place", "source_url", "place", "kind", "pk")

    def page(self):
        """The page that the address asks for, and its Rows."""
        total = sum(self.of_kind(kind, model).count() for kind, model in KINDS.items())
        shown = page_of(self.places(), self.data.get("page"), total)
        keys = [(place["kind"], place["pk"]) for place in shown.object_list]
        found = {}
        for kind, model in KINDS.items():
            related = ["network", f"{model.member_field}__country"]
            records = model.objects.select_related(*related).in_bulk(
                [pk for each, pk in keys if each == kind]
            )
            found |= {(kind, pk): record for pk, record in records.items()}
        rows = [Row(f"{kind}:{pk}", found[kind, pk]) for kind, pk in keys if (kind, pk) in found]
        for row, after in pairwise(rows):
            row.after = after.key
        return shown, rows

    def networks(self):
        """The networks that have something to confirm, with how much."""
        counts = {}
        for model in KINDS.values():
            rows = model.objects.unconfirmed()
            rows = rows if self.former else rows.filter(until=None)
            for pk, count in rows.order_by().values_list("network").annotate(number=Count("pk")):
                counts[pk] = counts.get(pk, 0) + count
        networks = Network.objects.filter(pk__in=counts).order_by("sort_name", "pk")
        return [(network, counts[network.pk]) for network in networks]


def unconfirmed(request):
    """The memberships to confirm; and deciding about one of them."""
    require_rights(request, RIGHTS)
    if request.method == "POST":
        return redirect(f"{request.path}?{after_deciding(request).urlencode()}#at")
    work = WorkList(request.GET)
    for problem in work.problems:
        messages.warning(request, problem)
    shown, rows = work.page()
    groups = groupby(rows, key=lambda row: (row.membership.network, row.membership.source_url))
    at = request.GET.get("at", "")
    context = {
        "work": work,
        "page": shown,
        "numbers": shown.paginator.get_elided_page_range(shown.number),
        "groups": [(network, source, list(members)) for (network, source), members in groups],
        "at": at if at in {row.key for row in rows} else "",
        "networks": work.networks(),
        "countries": Country.objects.order_by("sort_name"),
        "may_delete": request.user.has_perm("networks.delete_membership"),
    }
    return page(request, "unconfirmed", _("Unconfirmed memberships"), context)


def after_deciding(request):
    """Decide about a membership; the query of the address that comes next, with the place in the list."""
    query = request.GET.copy()
    try:
        messages.success(request, decide(request))
        query["at"] = request.POST.get("after", "")
    except Refused as error:
        messages.error(request, str(error))
        query["at"] = request.POST.get("key", "")
    return query


def decide(request):
    """Do what a button says; what was done, in a sentence. Raises Refused."""
    kind, _colon, pk = request.POST.get("key", "").partition(":")
    ways = {"confirm": confirm, "end": end, "delete": delete}
    way = ways.get(request.POST.get("action"))
    if kind not in KINDS or not pk.isdecimal() or way is None:
        raise Refused(_("Nothing was changed."))
    with transaction.atomic():
        membership = KINDS[kind].objects.select_for_update().filter(pk=pk).first()
        if membership is None or membership.verified or mark_of(membership) != request.POST.get("mark"):
            raise Refused(_("Somebody else has decided about this membership meanwhile."))
        return way(request, membership)


def confirm(request, membership):
    source = membership.source_url or request.POST.get("source", "").strip()
    if not is_address(source):
        raise Refused(_("Give the address of the source in which you have found it."))
    membership.source_url, membership.verified = source, True
    membership.save(update_fields=["source_url", "verified"])
    note(request.user, [membership], CHANGE, changed(membership, ["verified"]))
    return _("Confirmed: %(membership)s") % {"membership": membership}


def end(request, membership):
    at = At.read({"at": request.POST.get("year", "")})
    if at.year is None:
        raise Refused(at.problem or _("Give the year in which it ended."))
    if membership.since and at.year < membership.since:
        raise Refused(_("The end must not be before the start."))
    membership.until = at.year
    membership.save(update_fields=["until"])
    note(request.user, [membership], CHANGE, changed(membership, ["until"]))
    return _("Ended in %(year)s: %(membership)s") % {"year": at.year, "membership": membership}


def delete(request, membership):
    """Delete what never was a membership. Who did it and why stays in the history of the network."""
    reason = " ".join(request.POST.get("reason", "").split())[:200]
    if not request.user.has_perm(f"networks.delete_{membership._meta.model_name}"):
        raise Refused(_("You may not delete memberships."))
    if not reason:
        raise Refused(_("Say why it is wrong."))
    message = _("Deleted: %(membership)s. Reason: %(reason)s") % {
        "membership": membership,
        "reason": reason,
    }
    note(request.user, [membership], DELETION, message)
    note(request.user, [membership.network], CHANGE, message)
    membership.delete()
    return message
