"""The filter over all approaches."""

import re

from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from approaches.models import Approach
from cities.extent import FilterByExtent
from cities.forms import PresentOnly
from cities.models import city_name
from publishing.forms import BY_NAME, ChoiceFacet, Facet, FilterForm, Sort

YEAR = re.compile(r"[12][0-9]{3}")


class ApproachFilterForm(PresentOnly, FilterByExtent, FilterForm):
    """Facets, and the years `from` and `to`: approaches that started in or after the one, in or before the other.

    Most approaches have no end yet, so the start is what tells them apart. An approach whose start is not known fits
    no year.
    """

    facets = [
        Facet("area", gettext_lazy("Policy area"), "policy_areas", order="order", once=True),
        ChoiceFacet(
            "status",
            gettext_lazy("Status"),
            Approach.state_expression,
            [(value, capfirst(label)) for value, label in Approach.State.choices],
        ),
        ChoiceFacet("lead", gettext_lazy("Led by"), "lead", Approach.Lead.choices),
        Facet("country", gettext_lazy("Country"), "city__country", key="code", once=True),
        Facet("city", gettext_lazy("City"), "city", text=city_name),
        Facet("network", gettext_lazy("Network of the city"), "city__memberships__network", once=True),
    ]
    sorts = {
        "title": BY_NAME,
        "newest": Sort(gettext_lazy("Newest first"), "-started", "sort_name", "pk"),
        "city": Sort(gettext_lazy("City"), "city__sort_name", "sort_name", "pk"),
    }

    def every(self):
        return Approach.objects.published()

    further = ["from", "to", *FilterByExtent.further]
    parts = ["approaches/_years.html", *FilterByExtent.parts]
    path_to_city = "city__"

    def read(self):
        super().read()
        self.first_year = self.read_year("from", _("From year"))
        self.last_year = self.read_year("to", _("To year"))
        if self.first_year and self.last_year and self.first_year > self.last_year:
            self.problems.append(
                _("The years %(first)s to %(last)s were ignored, because the first comes after the last.")
                % {"first": self.first_year, "last": self.last_year}
            )
            self.first_year = self.last_year = ""

    def read_year(self, name, label):
        """The year that the address gives, as a text of four digits; empty where it gives none."""
        year = self.data.get(name, "").strip()
        if year and not YEAR.fullmatch(year):
            self.ignore(year, label)
            return ""
        return year

    def narrow(self, records):
        records = super().narrow(records)
        # Partial dates compare as texts: "2016" and "2016-06" both lie between "2016" and "2016-12-31".
        if self.first_year:
            records = records.filter(started__gte=self.first_year)
        if self.last_year:
            records = records.exclude(started="").filter(started__lte=f"{self.last_year}-12-31")
        return records

    def further_active(self):
        active = super().further_active()
        if self.first_year:
            active.append((_("Started in %s or later") % self.first_year, "from"))
        if self.last_year:
            active.append((_("Started in %s or earlier") % self.last_year, "to"))
        return active

    @cached_property
    def total(self):
        """How many approaches fit. Each has exactly one status, so the counts of that facet add up to it."""
        chosen = [option["key"] for option in self.chosen["status"]] or Approach.State.values
        return sum(self.counts.get(("status", key), 0) for key in chosen)
