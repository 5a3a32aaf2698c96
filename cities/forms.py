"""The filter over all municipalities."""

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from cities.extent import FilterByExtent
from cities.models import City, Profile, Size
from publishing.forms import BY_NAME, ChoiceFacet, Facet, FilterForm, Sort, YesFacet


class CityFilterForm(FilterByExtent, FilterForm):
    facets = [
        YesFacet("featured", _("City profile"), lambda: Profile.public("profile__"), _("Featured cities")),
        Facet("area", _("Policy area"), "approaches__policy_areas", order="order"),
        ChoiceFacet("size", _("Population"), Size.expression, Size.choices),
        Facet("network", _("Network"), "memberships__network", once=True),
        Facet("country", _("Country"), "country", key="code"),
    ]
    sorts = {
        "name": BY_NAME,
        "population": Sort(_("Population"), F("population").desc(nulls_last=True), "sort_name", "pk"),
    }

    def every(self):
        return City.objects.published()
