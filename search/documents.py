"""What a document says about a record: one class for each kind of records, and what all of them have in common.

A record is described as it is at a moment. Where something in it becomes public later, the record has a document for
the time before and one for the time from then on.
"""

import json
from datetime import UTC, datetime
from hashlib import md5
from itertools import chain, pairwise
from zlib import crc32

from django.apps import apps
from django.conf import settings
from django.db.models import Prefetch
from django.utils import timezone

from approaches.models import Approach, PolicyArea
from cities.models import City, Country
from commitments.models import Commitment
from networks.models import Declaration, Initiative, Network, Organisation
from news.models import Event, News
from publishing.fields import RichTextField
from publishing.languages import LANGUAGES, in_language
from publishing.models import Publishable
from publishing.sorting import CHARACTERS, sort_key
from publishing.text import without_tags
from search import tokens
from search.models import FOREVER, Document

PARAGRAPHS = "\n"
LAST = 31  # the places of kinds go from 0 to this
LETTERS = 6  # letters of a name by which results of the same kind are sorted


class Describer:
    """How the records of a kind become documents."""

    kind = ""
    model = None
    name_fields = ["title"]
    text_fields = ["summary"]
    place = LAST
    # What is in the documents of this kind besides the record itself: the label of a model → the way to it.
    follows = {}
    # What else is asked for together with the records.
    select, prefetch = [], []

    def records(self, keys=None):
        """The records of the kind that are published or will be, with all that is needed to describe them."""
        records = self.published(self.model._base_manager.all())
        if keys is not None:
            records = records.filter(pk__in=keys)
        return records.select_related(*self.select).prefetch_related(*self.prefetch).order_by("pk")

    def published(self, records):
        return records.filter(status=Publishable.Status.PUBLISHED, published_at__isnull=False)

    def dependent(self, label, keys):
        """The primary keys of the records in whose documents those records are."""
        path = self.follows[label]
        return self.model._base_manager.filter(**{f"{path}__in": keys}).values_list("pk", flat=True)

    def documents(self, record):
        """The documents of a record, none of them saved: usually one."""
        now = timezone.now()
        dates = sorted({date for date in map(public_date, self.parts(record)) if date and date > now})
        for start, end in pairwise([now, *dates, None]):
            if document := self.document(record, start):
                document.since = 0 if start is now else seconds(start)
                document.until = seconds(end) if end else FOREVER
                document.digest = digest(document)
                yield document

    def document(self, record, moment):
        """The document of a record as it is at a moment, or None if it is not public then."""
        if not self.is_public(record, moment):
            return None
        names, texts = self.names(record), self.texts(record, moment)
        areas = shown_at(self.areas(record), moment)
        return Document(
            key=key(self.model, record.pk),
            kind=self.kind,
            countries=" ".join(sorted({country.code for country in self.countries(record, moment)})),
            areas=" ".join(sorted(area.slug for area in areas)),
            languages=" ".join(self.languages(record, texts)),
            place=self.place_of(record, moment),
            names=unique(names),
            texts=texts,
            related=unique(self.related(record, moment)),
            marks=" ".join(tokens.area(area.pk) for area in areas),
            shown=self.shown(record, moment),
        )

    def is_public(self, record, moment):
        return is_public(record, moment)

    def parts(self, record):
        """All records that are in the documents of this one and may become public later."""
        return [record]

    def names(self, record):
        """The record's names, as pairs of a language, `tokens.PLACE` or None, and a name."""
        return list(chain.from_iterable(written(record, field) for field in self.name_fields))

    def texts(self, record, moment):
        """The record's texts, plain, by language."""
        return joined([(record, field) for field in self.text_fields])

    def related(self, record, moment):
        """Names of what the record belongs to, as pairs of a language, `tokens.PLACE` or None, and a name."""
        named = chain(self.countries(record, moment), shown_at(self.areas(record), moment))
        return chain.from_iterable(names_of(other) for other in named)

    def countries(self, record, moment):
        return []

    def areas(self, record):
        return []

    def languages(self, record, texts):
        return record.languages

    def place_of(self, record, moment):
        return place(self.place, sort_key(record.name_in("en"), "en"), key(self.model, record.slug))

    def shown(self, record, moment):
        """What a result shows besides names and texts: {"address": …, "alt": …, "note": …, "date": …}."""
        return {"address": record.slug}


class Countries(Describer):
    kind = "countries"
    model = Country
    name_fields = ["name"]
    text_fields = []
    place = 0
    prefetch = [Prefetch("cities", City.objects.only("status", "published_at", "country").order_by())]
    follows = {"cities.city": "cities"}

    def published(self, records):
        return records

    def is_public(self, record, moment):
        """A country is found once a city of it is public."""
        return any(is_public(city, moment) for city in record.cities.all())

    def parts(self, record):
        dates = [city for city in record.cities.all() if public_date(city)]
        return sorted(dates, key=public_date)[:1]

    def countries(self, record, moment):
        return [record]

    def place_of(self, record, moment):
        return place(self.place, sort_key(record.name_in("en"), "en"), key(self.model, record.code))

    def shown(self, record, moment):
        return {"address": record.code.lower()}


class Cities(Describer):
    kind = "cities"
    model = City
    name_fields = ["name"]
    place = 1
    select = ["country", "profile"]
    prefetch = ["profile__takeaways", "profile__key_figures"]
    follows = {"cities.country": "country", "cities.profile": "profile"}

    BARE = 20  # the place of a municipality without a profile

    def parts(self, record):
        return [record, *profiles(record)]

    def names(self, record):
        return city_names(record)

    def texts(self, record, moment):
        fields = []
        for profile in shown_at(profiles(record), moment):
            fields += [(profile, field) for field in ("subtitle", "summary", *profile.SECTIONS)]
            fields += [(takeaway, "text") for takeaway in profile.takeaways.all()]
            fields += [(figure, "label") for figure in profile.key_figures.all()]
        return joined(fields)

    def countries(self, record, moment):
        return [record.country]

    def languages(self, record, texts):
        """Of a municipality without a profile nothing but names and numbers is to be read, in every language."""
        return [language for language in LANGUAGES if language in texts] if texts else LANGUAGES

    def place_of(self, record, moment):
        rank = self.place if shown_at(profiles(record), moment) else self.BARE
        return place(rank, sort_key(record.name_in("en"), "en"), key(self.model, record.slug))

    def shown(self, record, moment):
        return super().shown(record, moment) | {
            "alt": record.local_name,
            "note": dict(written(record.country, "name")),
        }


class Networks(Describer):
    kind = "networks"
    model = Network
    name_fields = ["name"]
    text_fields = ["summary", "description"]
    place = 2
    select = ["country"]
    follows = {"cities.country": "country"}

    def names(self, record):
        return network_names(record)

    def countries(self, record, moment):
        return [record.country] if record.country else []

    def shown(self, record, moment):
        return super().shown(record, moment) | {"alt": record.acronym}


class PolicyAreas(Describer):
    kind = "policy-areas"
    model = PolicyArea
    name_fields = ["name"]
    text_fields = ["description"]
    place = 3

    def published(self, records):
        return records

    def is_public(self, record, moment):
        return True

    def areas(self, record):
        return [record]

    def place_of(self, record, moment):
        return numbered(self.place, record.order, key(self.model, record.slug))


class Approaches(Describer):
    kind = "approaches"
    model = Approach
    name_fields = ["title", "short_title"]
    text_fields = ["summary", "operation", "outcome"]
    place = 4
    select = ["city__country"]
    prefetch = ["policy_areas"]
    follows = {
        "cities.city": "city",
        "cities.country": "city__country",
        "approaches.policyarea": "policy_areas",
    }

    def parts(self, record):
        return [record, record.city]

    def is_public(self, record, moment):
        return is_public(record, moment) and is_public(record.city, moment)

    def related(self, record, moment):
        organisations = ((None, name) for name in record.organisation_names())
        return chain(super().related(record, moment), city_names(record.city), organisations)

    def countries(self, record, moment):
        return [record.city.country]

    def areas(self, record):
        return record.policy_areas.all()

    def shown(self, record, moment):
        return super().shown(record, moment) | {"note": note_of_city(record.city)}


class Initiatives(Describer):
    kind = "initiatives"
    model = Initiative
    place = 5
    select = ["network"]
    prefetch = ["cities__country"]
    follows = {"networks.network": "network", "cities.city": "cities", "cities.country": "cities__country"}

    def parts(self, record):
        return [record, record.network, *record.cities.all()]

    def is_public(self, record, moment):
        return is_public(record, moment) and is_public(record.network, moment)

    def related(self, record, moment):
        others = [record.network, *shown_at(record.cities.all(), moment)]
        return chain(super().related(record, moment), *map(names_of, others))

    def countries(self, record, moment):
        return [city.country for city in shown_at(record.cities.all(), moment)]

    def shown(self, record, moment):
        return super().shown(record, moment) | {"note": dict(written(record.network, "name"))}


class Declarations(Describer):
    kind = "declarations"
    model = Declaration
    place = 6

    def place_of(self, record, moment):
        return dated(self.place, record.date, key(self.model, record.slug))

    def shown(self, record, moment):
        return super().shown(record, moment) | {"date": record.date}


class Organisations(Describer):
    kind = "organisations"
    model = Organisation
    place = 7
    select = ["city__country", "country"]
    prefetch = ["networks"]
    follows = {
        "cities.city": "city",
        "cities.country": "country",
        "networks.network": "networks",
    }

    def parts(self, record):
        return [record, *filter(None, [record.city]), *record.networks.all()]

    def names(self, record):
        return [(None, record.name)]

    def related(self, record, moment):
        others = shown_at(self.parts(record)[1:], moment)
        return chain(super().related(record, moment), *map(names_of, others))

    def countries(self, record, moment):
        return [record.country] if record.country else []


class Commitments(Describer):
    kind = "commitments"
    model = Commitment
    place = 8
    prefetch = ["places__country"]
    follows = {"cities.country": "places__country"}

    def related(self, record, moment):
        places = [(None, place.name) for place in record.places.all()]
        return chain(super().related(record, moment), places, [(None, record.submitter)])

    def countries(self, record, moment):
        return [place.country for place in record.places.all()]

    def shown(self, record, moment):
        return super().shown(record, moment) | {"note": record.submitter}


class AboutOthers(Describer):
    """What is about cities, networks and policy areas."""

    prefetch = ["cities__country", "networks", "policy_areas"]
    follows = {
        "cities.city": "cities",
        "cities.country": "cities__country",
        "networks.network": "networks",
        "approaches.policyarea": "policy_areas",
    }

    def parts(self, record):
        return [record, *record.cities.all(), *record.networks.all()]

    def related(self, record, moment):
        others = shown_at(self.parts(record)[1:], moment)
        return chain(super().related(record, moment), *map(names_of, others))

    def countries(self, record, moment):
        return [city.country for city in shown_at(record.cities.all(), moment)]

    def areas(self, record):
        return record.policy_areas.all()

    def place_of(self, record, moment):
        return dated(self.place, self.date(record), key(self.model, record.slug))

    def shown(self, record, moment):
        return super().shown(record, moment) | {"date": self.date(record)}


class AllNews(AboutOthers):
    kind = "news"
    model = News
    text_fields = ["body"]
    place = 9

    def date(self, record):
        return record.date


class Events(AboutOthers):
    kind = "events"
    model = Event
    text_fields = ["description"]
    place = 10

    def date(self, record):
        return record.local_start().date().isoformat()

    def related(self, record, moment):
        named = [record.place, *record.organisers.splitlines()]
        return chain(super().related(record, moment), ((None, name) for name in named))

    def shown(self, record, moment):
        return super().shown(record, moment) | {"note": record.place}


class Pages(Describer):
    """The pages about the directory itself. They lie to the right of this app: known by name only."""

    kind = "pages"
    text_fields = ["body"]
    place = 11

    @property
    def model(self):
        return apps.get_model("pages.Page")

    def texts(self, record, moment):
        operator = {
            "{operator}": settings.OPERATOR_NAME,
            "{operator_address}": settings.OPERATOR_ADDRESS,
            "{operator_email}": settings.OPERATOR_EMAIL,
        }
        texts = super().texts(record, moment)
        for language, text in texts.items():
            for token, value in operator.items():
                text = text.replace(token, value)
            texts[language] = text
        return texts

    def place_of(self, record, moment):
        return numbered(self.place, list(record.Slug).index(record.slug), key(self.model, record.slug))


DESCRIBERS = {
    describer.kind: describer
    for describer in [
        Countries(),
        Cities(),
        Networks(),
        PolicyAreas(),
        Approaches(),
        Initiatives(),
        Declarations(),
        Organisations(),
        Commitments(),
        AllNews(),
        Events(),
        Pages(),
    ]
}


# What records say


def written(record, field):
    """The pairs of language and text of a translated field, plain, those that have a text."""
    is_rich = isinstance(record._meta.get_field(field), RichTextField)
    for language in LANGUAGES:
        if text := getattr(record, in_language(field, language)):
            yield language, without_tags(text) if is_rich else text


def joined(fields):
    """The texts of several fields by language, given as pairs of a record and the name of a field."""
    texts = {}
    for record, field in fields:
        for language, text in written(record, field):
            texts.setdefault(language, []).append(text)
    return {language: PARAGRAPHS.join(texts[language]) for language in LANGUAGES if language in texts}


def names_of(record):
    if isinstance(record, City):
        return city_names(record)
    return network_names(record) if isinstance(record, Network) else list(written(record, "name"))


def city_names(city):
    """A city's names in each language, and the one it has on the spot."""
    return [*written(city, "name"), (tokens.PLACE, city.local_name)]


def network_names(network):
    return [*written(network, "name"), (None, network.acronym)]


def note_of_city(city):
    """The name of a city in each language, for a result that belongs to it; "" is its own."""
    return {"": city.local_name} | dict(written(city, "name"))


def profiles(city):
    """The profile of a city, if it has one: a list."""
    return [city.profile] if hasattr(city, "profile") else []


def unique(pairs):
    """Pairs of language and text without repetitions and empty texts, as JSON keeps them."""
    return [[language, text] for language, text in dict.fromkeys(pairs) if text]


# When records are public


def is_public(record, moment):
    date = public_date(record)
    return date is not None and date <= moment


def public_date(record):
    """From when a record is public; None is never. What has no states is public always."""
    if not isinstance(record, Publishable):
        return datetime.min.replace(tzinfo=UTC)
    return record.published_at if record.status == Publishable.Status.PUBLISHED else None


def shown_at(records, moment):
    return [record for record in records if is_public(record, moment)]


def seconds(moment):
    return int(moment.timestamp())


# What identifies and sorts documents


def key(model, identity):
    """What a document is known by: "approaches.approach:12"."""
    return f"{model._meta.label_lower}:{identity}"


def place(rank, name_key, identity):
    """A number of 57 bits by which documents sort: the rank of the kind, the name's first letters, then at random.

    A sort key has two characters for each letter (see `publishing.sorting`).
    """
    number = 0
    for start in range(0, 2 * LETTERS, 2):
        high, low = name_key[start : start + 2] or "00"
        number = number << 6 | min(CHARACTERS.index(high) * 36 + CHARACTERS.index(low), 63)
    return numbered(rank, number, identity)


def dated(rank, date, identity):
    """The same for documents of which the latest comes first, by a partial date."""
    return numbered(rank, 99_999_999 - int((date or "0").replace("-", "").ljust(8, "0")), identity)


def numbered(rank, number, identity):
    """The same for documents that have a number of at most 36 bits among those of their kind."""
    return rank << 52 | number << 16 | crc32(identity.encode()) & 0xFFFF


def digest(document):
    """What tells a document from another of the same record, and tokens from those that were made in another way."""
    apart = ["id", "since", "until", "digest"]
    names = [field.name for field in Document._meta.fields if field.name not in apart]
    said = [tokens.VERSION, *(getattr(document, name) for name in names)]
    return md5(json.dumps(said, ensure_ascii=False, default=str).encode(), usedforsecurity=False).hexdigest()
