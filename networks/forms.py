"""The filter over all networks."""

from django.db.models import Count, F, Q, Value
from django.db.models.functions import NullIf
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from networks.models import Membership, Network, OrganisationMembership
from networks.years import At, unknown_in
from publishing.forms import BY_NAME, ChoiceFacet, Facet, FilterForm, Sort
from publishing.gather import as_written


class NetworkFilterForm(FilterForm):
    facets = [
        ChoiceFacet("kind", gettext_lazy("Kind"), "kind", Network.Kind.choices),
        ChoiceFacet("scope", gettext_lazy("Scope"), "scope", Network.Scope.choices),
        Facet("country", gettext_lazy("Country"), "country", key="code"),
    ]
    sorts = {
        "name": BY_NAME,
        "members": Sort(
            gettext_lazy("Number of members"),
            (F("member_count") + F("organisation_count")).desc(),
            "sort_name",
            "pk",
        ),
        "founded": Sort(
            gettext_lazy("Founding year"),
            NullIf("founded", Value("")).asc(nulls_last=True),
            "sort_name",
            "pk",
        ),
    }

    further = ["at"]
    parts = ["networks/_year_part.html"]

    def every(self):
        return Network.objects.published()

    def read(self):
        super().read()
        self.at = At.read(self.data)
        self.problems += self.at.problems
        # Of years that are none there is no end, and the SQL of each year is kept.
        self.data.setlist("at", [str(self.at.year)] if self.at.year else [])

    def narrow(self, networks):
        """In a year, those that had been founded by its end or of which it is not known."""
        networks = super().narrow(networks)
        if not self.at.year:
            return networks
        return networks.filter(Q(founded="") | Q(founded__lte=f"{self.at.year}-12-31"))

    def further_active(self):
        year = [(_("In the year %(year)s") % {"year": self.at.year}, "at")] if self.at.year else []
        return [*super().further_active(), *year]

    @cached_property
    def results(self):
        listed = self.filtered().with_member_counts(self.at.year)
        return listed.order_by(*self.sorts[self.sort].order)

    @cached_property
    def total(self):
        """How many networks fit. Each has exactly one kind, so the counts of that facet add up to it."""
        chosen = [option["key"] for option in self.chosen["kind"]] or Network.Kind.values
        return sum(self.counts.get(("kind", kind), 0) for kind in chosen)

    @cached_property
    def unknown(self):
        """Of how many memberships in these networks it is not known whether they held in the year. One query."""
        if not self.at.year:
            return 0
        networks = as_written(self.filtered()).order_by().values("pk")
        numbers = (
            unknown_in(model.objects.of_public_members(), self.at.year)
            .filter(network__in=networks)
            .order_by()
            .values(kind=Value(model.member_field))
            .annotate(number=Count("pk"))
            for model in (Membership, OrganisationMembership)
        )
        first, second = numbers
        return sum(row["number"] for row in first.union(second, all=True))
