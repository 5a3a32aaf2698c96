"""The filter over all networks."""

from django.db.models import Value
from django.db.models.functions import NullIf
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from networks.models import Network
from publishing.forms import BY_NAME, ChoiceFacet, Facet, FilterForm, Sort


class NetworkFilterForm(FilterForm):
    facets = [
        ChoiceFacet("kind", _("Kind"), "kind", Network.Kind.choices),
        ChoiceFacet("scope", _("Scope"), "scope", Network.Scope.choices),
        Facet("country", _("Country"), "country", key="code"),
    ]
    sorts = {
        "name": BY_NAME,
        "members": Sort(_("Number of members"), "-member_count", "sort_name", "pk"),
        "founded": Sort(
            _("Founding year"), NullIf("founded", Value("")).asc(nulls_last=True), "sort_name", "pk"
        ),
    }

    def every(self):
        return Network.objects.published()

    @cached_property
    def results(self):
        return self.filtered().with_member_count().order_by(*self.sorts[self.sort].order)

    @cached_property
    def total(self):
        """How many networks fit. Each has exactly one kind, so the counts of that facet add up to it."""
        chosen = [option["key"] for option in self.chosen["kind"]] or Network.Kind.values
        return sum(self.counts.get(("kind", kind), 0) for kind in chosen)
