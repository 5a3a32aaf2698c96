"""The filter over all commitments."""

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from commitments.models import Commitment
from publishing.forms import BY_NAME, ChoiceFacet, Facet, FilterForm, Sort


class CommitmentFilterForm(FilterForm):
    facets = [
        ChoiceFacet("kind", _("Kind"), "kind", Commitment.Kind.choices),
        Facet("country", _("Country"), "places__country", key="code"),
    ]
    sorts = {
        "title": BY_NAME,
        "newest": Sort(_("Newest first"), "-started", "sort_name", "pk"),
    }

    def every(self):
        return Commitment.objects.published()

    @cached_property
    def total(self):
        """How many commitments fit. Each is of exactly one kind, so the counts of that facet add up to it."""
        chosen = [option["key"] for option in self.chosen["kind"]] or Commitment.Kind.values
        return sum(self.counts.get(("kind", key), 0) for key in chosen)
