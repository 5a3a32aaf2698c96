"""What can be found: the kinds of records, what a result shows of each, and in which order results stand."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import reduce
from operator import or_
from zoneinfo import ZoneInfo

from django.apps import apps
from django.db.models import Case, Count, Exists, IntegerField, Model, OuterRef, Q, Value, When, Window
from django.db.models.functions import RowNumber
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from approaches.models import Approach, PolicyArea
from cities.models import City, Country, Profile, city_name
from commitments.models import Commitment
from networks.models import Declaration, Initiative, Network, Organisation
from news.models import Event, News
from publishing import words
from publishing.formats import number
from publishing.forms import yes_if
from publishing.gather import as_written
from publishing.languages import LANGUAGES, in_language, texts
from publishing.sorting import sort_key

FIRST = 5  # results shown of a kind whose list has the others
MOST = 20  # results shown of a kind that has no list
RANKED = 4  # words that decide about the order; names are short


@dataclass
class Kind:
    """A kind of records. Its columns: `title`, and any of `alt` (another name), `note`, `date` and `teaser`."""

    name: str
    label: str
    model: type[Model]
    page: str  # the name of the address of a record
    columns: Callable[[], dict]
    list: str = ""  # that of the list of all of them, if there is one
    key: str = "slug"
    order: tuple = ("sort_name",)

    def matching(self, q):
        return self.model.objects.published().matching(q)

    def found(self, q):
        """Rows of (primary key, place, number of all): the first results, those named so before others."""
        order = list(self.in_order(self.matching(q), q).query.order_by)
        return (
            as_written(self.matching(q))
            .order_by()
            .annotate(found_place=Window(RowNumber(), order_by=order), found_total=Window(Count("pk")))
            .filter(found_place__lte=FIRST if self.list else MOST)
            .values_list("pk", "found_place", "found_total")
        )

    def shown(self, keys):
        """A list for `gather`: what the page shows of these results."""
        return self.model._base_manager.filter(pk__in=keys), {"pk": "pk", self.key: self.key} | self.columns()

    def in_order(self, records, q):
        return records.order_by(named_first(q), *self.order, "pk")

    def group(self, rows, total, q):
        """What the page shows of this kind."""
        group = {"name": self.name, "label": self.label, "total": total}
        group["rows"] = [self.result(row) for row in rows]
        group["url"] = ""
        if self.list and total > len(rows):
            group["url"] = f"{reverse(self.list)}?{urlencode({'q': q})}"
            group["all"] = ngettext("All %(number)s result", "All %(number)s results", total) % {
                "number": number(total)
            }
        return group

    def result(self, row):
        result = {"alt": "", "note": "", "date": "", "teaser": "", "url": self.address(row)} | row
        if result["alt"] == str(row["title"]):
            result["alt"] = ""
        return result

    def address(self, row):
        return reverse(self.page, kwargs={self.key: row[self.key].lower()})


class Named(Kind):
    """A kind of records that have nothing to look through but their names."""

    def matching(self, q):
        return self.model.objects.filter(named(q))


class Countries(Named):
    def matching(self, q):
        return super().matching(q).filter(Exists(City.objects.published().filter(country=OuterRef("pk"))))


class Pages(Kind):
    """The pages about the directory itself, by their titles. They lie to the right of this app: known by name only."""

    def matching(self, q):
        titles = [in_language("title", language) for language in LANGUAGES]
        pages = self.model.objects.published()
        for word in words.words(q):
            # SQLite knows the capitals of unaccented Latin letters only.
            spellings = [word, word.capitalize()]
            either = (begins(title, spelling) for title in titles for spelling in spellings)
            pages = pages.filter(reduce(or_, either))
        return pages

    def in_order(self, records, q):
        return records.order_by("pk")

    def address(self, row):
        return reverse(f"pages:{row['slug'].replace('-', '_')}")


class Cities(Kind):
    def result(self, row):
        return super().result(row) | {"teaser": row["teaser"] if row["featured"] else ""}


class Events(Kind):
    def result(self, row):
        moment = datetime.fromisoformat(row["start"])
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)  # SQLite writes no offset
        return super().result(row) | {"date": moment.astimezone(ZoneInfo(row["timezone"])).date().isoformat()}


def begins(column, text):
    """The condition that a word of a title begins with the text."""
    return (
        Q(**{f"{column}__istartswith": text})
        | Q(**{f"{column}__icontains": f" {text}"})
        | Q(**{f"{column}__icontains": f"’{text}"})
    )


def named(q, spelled=words.stem):
    """The condition that the name of a record has each word of the text, in any language.

    The stored sort keys are names without accents and case, two characters a letter; "00" is a space.
    """
    condition = Q()
    for word in words.words(q)[:RANKED]:
        either = Q()
        for language in LANGUAGES:
            if key := sort_key(spelled(word, language), language):
                column = in_language("sort_name", language)
                either |= Q(**{f"{column}__startswith": key}) | Q(**{f"{column}__contains": f"00{key}"})
        condition &= either or Q(pk__in=[])  # a word of signs that no name has
    return condition


def as_typed(word, language):
    return word


def named_first(q):
    """An order: records whose name has the words as typed, then their stems, then those that only mention them."""
    return Case(
        When(named(q, as_typed), then=Value(0)),
        When(named(q), then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )


KINDS = [
    Countries(
        "countries",
        _("Countries"),
        Country,
        "cities:country",
        lambda: texts(title="name"),
        key="code",
    ),
    Cities(
        "cities",
        _("Cities"),
        City,
        "cities:detail",
        lambda: (
            {"title": city_name(), "alt": "local_name", "featured": yes_if(Profile.public("profile__"))}
            | texts(note="country__name", teaser="profile__subtitle")
        ),
        list="cities:list",
    ),
    Kind(
        "networks",
        _("Networks"),
        Network,
        "networks:detail",
        lambda: {"alt": "acronym"} | texts(title="name", teaser="summary"),
        list="networks:list",
    ),
    Named(
        "policy-areas",
        _("Policy areas"),
        PolicyArea,
        "approaches:policy_area",
        lambda: texts(title="name", teaser="description"),
        order=("order",),
    ),
    Kind(
        "approaches",
        _("Local approaches"),
        Approach,
        "approaches:detail",
        lambda: {"note": city_name("city__")} | texts(title="title", teaser="teaser"),
        list="approaches:list",
    ),
    Kind(
        "initiatives",
        _("Initiatives"),
        Initiative,
        "networks:initiative",
        lambda: texts(title="title", note="network__name", teaser="summary"),
    ),
    Kind(
        "declarations",
        _("Declarations"),
        Declaration,
        "networks:declaration",
        lambda: {"date": "date"} | texts(title="title", teaser="summary"),
        order=("-date", "sort_name"),
    ),
    Kind(
        "organisations",
        _("Organisations"),
        Organisation,
        "networks:organisation",
        lambda: {"title": "name"} | texts(teaser="summary"),
    ),
    Kind(
        "commitments",
        _("Commitments"),
        Commitment,
        "commitments:detail",
        lambda: {"note": "submitter"} | texts(title="title", teaser="summary"),
        list="commitments:list",
    ),
    Kind(
        "news",
        _("News"),
        News,
        "news:detail",
        lambda: {"date": "date"} | texts(title="title", teaser="teaser"),
        list="news:list",
        order=("-date",),
    ),
    Events(
        "events",
        _("Events"),
        Event,
        "news:event_detail",
        lambda: {"start": "start", "timezone": "timezone", "note": "place"} | texts(title="title"),
        list="news:event_list",
        order=("-start",),
    ),
    Pages(
        "pages",
        _("About this site"),
        apps.get_model("pages.Page", require_ready=False),
        "",
        lambda: texts(title="title"),
    ),
]
