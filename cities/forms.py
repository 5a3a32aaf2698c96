"""The filter over all municipalities."""

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cities.extent import FilterByExtent
from cities.models import City, Profile, Size
from publishing.forms import BY_NAME, ChoiceFacet, Facet, FilterForm, Sort, YesFacet
from publishing.text import shown_again

LONGEST_YEAR = 20  # characters of a year that are shown again


class PresentOnly:
    """For a list that shows the present, a year in the address (`at=2019`) is named and ignored.

    To be named before FilterForm. A form of a list that does show years has `at` among its `further` parameters.
    """

    def read(self):
        super().read()
        year = "" if "at" in self.further else self.data.pop("at", [""])[-1].strip()
        if year:
            self.problems.append(
                _("This list shows the present only; the year “%(value)s” was ignored.")
                % {"value": shown_again(year, LONGEST_YEAR)}
            )


class CityFilterForm(PresentOnly, FilterByExtent, FilterForm):
    facets = [
        YesFacet(
            "featured",
            gettext_lazy("City profile"),
            lambda: Profile.public("profile__"),
            gettext_lazy("Featured cities"),
        ),
        Facet("area", gettext_lazy("Policy area"), "approaches__policy_areas", order="order"),
        ChoiceFacet("size", gettext_lazy("Population"), Size.expression, Size.choices),
        Facet("network", gettext_lazy("Network"), "memberships__network", once=True),
        Facet("country", gettext_lazy("Country"), "country", key="code"),
    ]
    sorts = {
        "name": BY_NAME,
        "population": Sort(
            gettext_lazy("Population"), F("population").desc(nulls_last=True), "sort_name", "pk"
        ),
    }

    def every(self):
        return City.objects.published()
