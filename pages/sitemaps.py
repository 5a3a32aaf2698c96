"""The sitemap: every public page in each language in which it really exists."""

import math

from django.contrib.sitemaps import Sitemap
from django.db.models import Case, CharField, DateTimeField, Exists, F, OuterRef, Value, When
from django.db.models.functions import Coalesce, Concat, Greatest
from django.urls import reverse
from django.utils.translation import get_language

from approaches.models import Approach, PolicyArea
from cities.models import City, Country, Profile
from commitments.models import Commitment
from networks.models import Declaration, Initiative, Network, Organisation
from news.models import Event, News
from pages.models import Page
from publishing.gather import as_written
from publishing.languages import LANGUAGES, in_language

MOST_ADDRESSES = 50_000  # in one file, says the protocol
LISTS = [
    "pages:home",
    "cities:list",
    "networks:actors",
    "networks:list",
    "networks:overlap",
    "networks:connection",
    "networks:graph",
    "approaches:list",
    "commitments:list",
    "news:list",
    "news:event_list",
]
RECORDS_IN_FILE = MOST_ADDRESSES // len(LANGUAGES) - len(LISTS)
EVERY_LANGUAGE = Value(" ".join(LANGUAGES))


def languages_with(column):
    """The codes of the languages that have a text, in one value."""
    return Concat(
        *(
            Case(
                When(**{f"{in_language(column, language)}__gt": ""}, then=Value(f"{language} ")),
                default=Value(""),
            )
            for language in LANGUAGES
        ),
        output_field=CharField(),
    )


def written_in(model):
    """The languages of the records of a model: those of the text that makes a page worth reading."""
    return languages_with(model().main_text_field)


# What has pages: the name of their address, its parameter, the public records, their languages, their last change.
NEVER = Value(None, output_field=DateTimeField())


def kinds():
    public = City.objects.published()
    profile_or_all = Case(
        When(Profile.public("profile__"), then=languages_with("profile__summary")),
        default=EVERY_LANGUAGE,
        output_field=CharField(),
    )
    changed = Greatest("updated_at", Coalesce("profile__updated_at", "updated_at"))
    populated = Country.objects.filter(Exists(public.filter(country=OuterRef("pk"))))
    yield "cities:detail", "slug", public, profile_or_all, changed
    yield "cities:country", "code", populated, EVERY_LANGUAGE, NEVER
    yield "approaches:policy_area", "slug", PolicyArea.objects.all(), languages_with("name"), NEVER
    for name, model in {
        "networks:detail": Network,
        "networks:initiative": Initiative,
        "networks:declaration": Declaration,
        "networks:organisation": Organisation,
        "approaches:detail": Approach,
        "commitments:detail": Commitment,
        "news:detail": News,
        "news:event_detail": Event,
        "pages": Page,
    }.items():
        yield name, "slug", model.objects.published(), written_in(model), F("updated_at")


def records():
    """Rows of (name of the address, its parameter, its value, languages, last change): one query for all kinds."""
    first, *others = (
        as_written(queryset)
        .order_by()
        .annotate(
            page=Value(name, output_field=CharField()),
            parameter=Value(key, output_field=CharField()),
            key=F(key),
            codes=languages,
            changed=changed,
        )
        .values_list("page", "parameter", "key", "codes", "changed")
        for name, key, queryset, languages, changed in kinds()
    )
    return first.union(*others, all=True).order_by("page", "key")


def number_of_files(rows):
    return max(math.ceil(rows.count() / RECORDS_IN_FILE), 1)


class PageSitemap(Sitemap):
    """One file of the sitemap; the first one has the lists as well."""

    i18n = True
    alternates = True
    limit = MOST_ADDRESSES

    def __init__(self, rows, number=1):
        self.rows = rows
        self.number = number
        self.paths = {}

    def items(self):
        lists = [(name, "", "", " ".join(LANGUAGES), None) for name in LISTS] if self.number == 1 else []
        start = (self.number - 1) * RECORDS_IN_FILE
        return [*lists, *self.rows[start : start + RECORDS_IN_FILE]]

    def get_languages_for_item(self, item):
        return item[3].split()

    def lastmod(self, item):
        return item[4]

    def location(self, item):
        """The path in the current language; thousands of them, so the words before the slug are looked up once."""
        name, parameter, key, _languages, _changed = item
        if name == "pages":
            return reverse(f"pages:{key.replace('-', '_')}")
        shape = (name, get_language())
        if shape not in self.paths:
            self.paths[shape] = reverse(name, kwargs={parameter: "0"} if parameter else {})
        path = self.paths[shape]
        return f"{path[:-2]}{key.lower()}/" if parameter else path

    def get_urls(self, **options):
        """With the address for readers of other languages: the English one, or the first that there is."""
        urls = super().get_urls(**options)
        for url in urls:
            addresses = {alternate["lang_code"]: alternate["location"] for alternate in url["alternates"]}
            default = addresses.get("en") or next(iter(addresses.values()))
            url["alternates"].append({"lang_code": "x-default", "location": default})
        return urls
