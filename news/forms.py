"""The filters over news and events."""

from django.db.models import Case, CharField, F, IntegerField, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from news.models import News
from publishing.forms import BY_NAME, ChoiceFacet, Facet, FilterForm, Sort

NETWORK = Facet("network", _("Network"), "networks")
AREA = Facet("area", _("Policy area"), "policy_areas", order="order")


class NewsFilterForm(FilterForm):
    facets = [AREA, NETWORK]
    # The same order as that of the ways to the earlier and the later item.
    sorts = {"newest": Sort(_("Newest first"), "-date", "-pk"), "name": BY_NAME}

    def every(self):
        return News.objects.published()


def attendance():
    """Where an event takes place, as a database expression; an online event with a place is both."""
    return Case(
        When(online=False, then=Value("in-person")),
        When(place="", then=Value("online")),
        default=Value("both"),
        output_field=CharField(),
    )


class EventFilterForm(FilterForm):
    """Coming events, the next one first; after them those that are over, the latest one first."""

    facets = [
        ChoiceFacet(
            "attendance",
            _("Attendance"),
            attendance,
            [("in-person", _("In person")), ("online", _("Online")), ("both", _("Online and in person"))],
        ),
        AREA,
        NETWORK,
    ]
    sorts = {"date": Sort(_("Date"), "over", "until_start", "-start", "pk")}
    sort_choices = []  # a calendar has one order

    def __init__(self, data, records):
        coming = Q(end__gte=timezone.now())
        over = Case(When(coming, then=0), default=1, output_field=IntegerField())
        # Nothing for past events, so that the next column of the order decides among them.
        until_start = Case(When(coming, then=F("start")), default=None)
        super().__init__(data, records.annotate(over=over, until_start=until_start))
