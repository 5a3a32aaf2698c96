"""The filter over the graph: that of the list of actors, and a year."""

from django.db.models import TextField, Value
from django.utils.functional import cached_property

from networks.actor_forms import ActorFilterForm, Actors
from networks.actors import key_of
from networks.years import At


class GraphFilterForm(ActorFilterForm):
    """The filter of the list of actors, for the present or for a year."""

    further = [*ActorFilterForm.further, "at"]
    parts = [*ActorFilterForm.parts, "networks/_year_part.html"]
    sorts = {"name": ActorFilterForm.sorts["name"]}

    def __init__(self, data):
        self.at = At.read(data)
        super().__init__(data)

    def every(self):
        return Actors.published(self.at.year)

    def read(self):
        super().read()
        self.problems += self.at.problems
        if not self.at.year:
            self.data.pop("at", None)

    def listed(self):
        """Those of the actors that the graph shows: who belonged to a network then."""
        return list(self.filtered().having().by_kind.values())

    def relaxed(self, name):
        form = super().relaxed(name)
        if name == "at":
            form.at = At()
            form.records = form.every()
        return form

    def further_active(self):
        year = [(str(self.at.year), "at")] if self.at.year else []
        return [*super().further_active(), *year]

    @property
    def asks_for_memberships(self):
        """Whether a filter is chosen whose answer depends on who belonged to what."""
        return any(self.chosen[name] for name in ("number", "role", "network"))

    @cached_property
    def kept(self):
        """The keys of the actors that fit; None where nothing is filtered."""
        if not (self.q or self.extent or any(self.chosen.values())):
            return None
        by_kind = self.filtered().by_kind
        first, *others = (
            queryset.order_by()
            .annotate(actor_kind=Value(kind, TextField()))
            .values_list("actor_kind", "slug")
            for kind, queryset in by_kind.items()
        )
        rows = first.union(*others, all=True) if others else first
        return {key_of(kind, slug) for kind, slug in rows}
