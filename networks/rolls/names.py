"""Whom a name means: municipalities and organisations by every name they have, in any of the site's languages.

A name is sure where exactly one entry is called so. Names that several entries have, or that are only like one, are
for a person to decide.
"""

import unicodedata
from collections import defaultdict
from typing import NamedTuple

from rapidfuzz import fuzz, process

from cities.models import City, Country
from networks.models import Organisation
from networks.rolls.reading import IN_BRACKETS, fold
from publishing.languages import LANGUAGES, current_language, in_language
from publishing.models import FormerSlug

# Names as like as this, of 100, may mean the same; it finds a letter or two that are wrong in a name of usual length.
LIKENESS = 80
MOST_NEAR = 5
AT_ONCE = 500  # so many names are compared with all others at a time
LONG_WORD = 4  # a word of so many letters may stand for a name of several words

# What municipalities put before their names, folded.
TITLES = [
    "city of",
    "town of",
    "municipality of",
    "city council of",
    "ville de",
    "ville d",
    "commune de",
    "commune d",
    "mairie de",
    "mairie d",
    "stadt",
    "landeshauptstadt",
    "gemeinde",
    "comune di",
    "citta di",
    "gmina miejska",
    "gmina",
    "miasto",
    "ayuntamiento de",
    "ajuntament de",
    "ajuntament d",
    "concello de",
    "municipio de",
    "δημος",
    "gemeente",
    "camara municipal de",
]
# Umlauts and their like as they are written where a keyboard has none.
SPELLINGS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})

CITY, ORGANISATION = "city", "organisation"


class Candidate(NamedTuple):
    """An entry that a name may mean; public or not."""

    key: str  # "city:12"
    name: str  # in the reader's language
    local_name: str
    country: str  # its code
    country_name: str
    slug: str
    is_public: bool

    @property
    def kind(self):
        return self.key.partition(":")[0]

    @property
    def pk(self):
        return int(self.key.partition(":")[2])


def country_words():
    """The codes of countries by their folded names in every language and by themselves."""
    columns = [in_language("name", language) for language in LANGUAGES]
    found = {}
    for code, *names in Country.objects.values_list("code", *columns):
        found |= dict.fromkeys([fold(name) for name in (code, *names) if name], code)
    return found


def spellings(name):
    """A name folded, and as it is written without umlauts."""
    yield fold(name)
    spelled = name.lower().translate(SPELLINGS)
    if spelled != name.lower():
        yield fold(spelled)


class Names:
    """Everybody who can be a member, by all their names. Reads each table once."""

    def __init__(self):
        self.candidates = {}
        self.by_name = defaultdict(dict)
        self.by_word = defaultdict(set)
        countries = {country.code: str(country) for country in Country.objects.all()}
        for candidate, names in (*municipalities(countries), *organisations(countries)):
            self.candidates[candidate.key] = candidate
            for name in filter(None, names):
                for spelling in spellings(name):
                    self.by_name[spelling][candidate.key] = None
        for kind, slug, pk in former_slugs():
            if f"{kind}:{pk}" in self.candidates:
                self.by_name[fold(slug)][f"{kind}:{pk}"] = None
        for name in self.by_name:
            for word in name.split():
                self.by_word[word].add(name)
        self.alphabets = {alphabet for name in self.by_name for alphabet in alphabets(name)}

    def called(self, name):
        """The keys of those who are called so, with or without a title such as "City of"."""
        folded = fold(name)
        if found := self.by_name.get(folded):
            return list(found)
        for title in TITLES:
            rest = folded.removeprefix(f"{title} ")
            if rest != folded and (found := self.by_name.get(rest)):
                return list(found)
        return []

    def matches(self, line):
        """The keys of those whom a line names: one is sure, several or none are not."""
        found = self.called(line.name)
        if line.country:
            return [key for key in found if self.candidates[key].country in ("", line.country)]
        return found

    def similar(self, line):
        """The keys of those whom a line may mean, where nobody is called so in its country."""
        near = [*self.called(line.name), *line.near]
        return list(dict.fromkeys(key for key in near if key in self.candidates))

    def find_near(self, lines):
        """Fill `near` of the lines that name nobody: who has a similar name, or one of the same words."""
        lost = [line for line in lines if not line.problem and not self.called(line.name)]
        everyone = list(self.by_name)
        for start in range(0, len(lost), AT_ONCE):
            some = lost[start : start + AT_ONCE]
            likeness = process.cdist(
                [fold(line.name) for line in some], everyone, scorer=fuzz.ratio, score_cutoff=LIKENESS
            )
            for line, row in zip(some, likeness, strict=True):
                alike = sorted(((row[place], everyone[place]) for place in row.nonzero()[0]), reverse=True)
                line.near = self.keys_of([*self.sharing_words(line.name), *(name for _like, name in alike)])

    def sharing_words(self, name):
        """Names all of whose words occur in this one, or that have all of its words: "Frankfurt" in "Frankfurt (Oder)"."""
        inside = IN_BRACKETS.fullmatch(name)
        words = set(fold(inside[1] if inside else name).split())
        having = [self.by_word.get(word, set()) for word in words]
        longer = set.intersection(*having) if is_telling(words) else set()
        shorter = {
            other
            for other in set().union(*having)
            if is_telling(parts := set(other.split())) and parts <= words
        }
        return sorted(longer | shorter, key=lambda other: (-fuzz.ratio(other, fold(name)), other))

    def keys_of(self, names):
        keys = dict.fromkeys(key for name in names for key in self.by_name[name])
        return list(keys)[:MOST_NEAR]

    def is_foreign(self, name):
        """Whether a name has letters of an alphabet in which the directory has no name."""
        return bool(alphabets(name) - self.alphabets)


def is_telling(words):
    """Whether words say enough to stand for a name: "san" and "la" do not."""
    return any(len(word) >= LONG_WORD for word in words)


def alphabets(text):
    """The alphabets of a text by the Unicode names of its letters: {"LATIN", "GREEK"}."""
    return {unicodedata.name(letter, "").partition(" ")[0] for letter in text if letter.isalpha()}


def municipalities(countries):
    """Every municipality, public or not, as a Candidate with its names; `countries` are names by codes."""
    columns = [in_language("name", language) for language in LANGUAGES]
    own = LANGUAGES.index(current_language())
    rows = City.objects.order_by("pk").values_list(
        "pk", "slug", "country__code", "status", "local_name", *columns
    )
    for pk, slug, country, status, local_name, *names in rows:
        key = f"{CITY}:{pk}"
        shown = names[own] or local_name
        public = status == City.Status.PUBLISHED
        candidate = Candidate(key, shown, local_name, country, countries[country], slug, public)
        yield candidate, {slug, local_name, *names}


def organisations(countries):
    """Every organisation likewise; one without a country is of that of its seat."""
    rows = Organisation.objects.order_by("pk").values_list(
        "pk", "slug", "country__code", "city__country__code", "status", "name"
    )
    for pk, slug, own, seat, status, name in rows:
        key, country = f"{ORGANISATION}:{pk}", own or seat or ""
        public = status == Organisation.Status.PUBLISHED
        candidate = Candidate(key, name, name, country, countries.get(country, ""), slug, public)
        yield candidate, {slug, name}


def former_slugs():
    kinds = {City._meta.label_lower: CITY, Organisation._meta.label_lower: ORGANISATION}
    rows = FormerSlug.objects.filter(kind__in=kinds).values_list("kind", "slug", "record")
    return [(kinds[kind], slug, pk) for kind, slug, pk in rows]
