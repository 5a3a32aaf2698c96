"""The files of countries, municipalities and profiles."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cities.models import City, Country, Profile
from publishing.content import (
    SOURCES,
    Column,
    ContentError,
    ContentInvalid,
    CsvFile,
    Reference,
    Rows,
    Translated,
    YamlFile,
    YamlFolder,
    read_csv,
    write_csv,
)
from publishing.languages import LANGUAGES


class CountryFile(YamlFile):
    name = "countries.yaml"
    model = Country
    key = "code"
    fields = [Column("code"), Translated("name")]


class CityFile(CsvFile):
    """Two tables, one entry: a municipality and its names in the languages in which it has another one."""

    name = "municipalities.csv"
    names = "municipality_names.csv"
    model = City
    fields = [
        Column("slug"),
        Column("name", "local_name"),
        Reference("country", by="code"),
        Column("latitude"),
        Column("longitude"),
        Column("population"),
        Column("population_year"),
        Column("geonames_id"),
        Column("website"),
        Translated("names", "name", optional=True),
    ]

    def read(self, folder):
        rows = {}
        for row in read_csv(folder / self.name, self.name):
            if row.get("slug") in rows:
                yield row["slug"], row  # named twice: the import says so
            rows[row.get("slug", "")] = row
        errors = []
        for row in read_csv(folder / self.names, self.names):
            slug, language, name = (row.get(column) or "" for column in ("slug", "language", "name"))
            if problem := self.problem(rows, slug, language, name):
                errors.append(ContentError(self.names, f"{slug},{language}", *problem))
            else:
                rows[slug].setdefault("names", {})[language] = name
        yield from rows.items()
        if errors:
            raise ContentInvalid(errors)

    def problem(self, rows, slug, language, name):
        """The field and what is wrong with it, if something is."""
        if slug not in rows:
            return "slug", _("“%s” refers to nothing: there is no such municipality.") % slug
        if language not in LANGUAGES:
            return "language", _("“%s” is none of the site’s languages.") % language
        if not name:
            return "name", _("A name is expected.")
        if language in rows[slug].get("names", {}):
            return "language", _("This entry occurs twice.")
        return None

    def write(self, folder, entries):
        names = [
            (slug, language, name)
            for slug in sorted(entries)
            for language, name in sorted((entries[slug]["names"] or {}).items())
        ]
        write_csv(folder / self.names, ["slug", "language", "name"], names)
        super().write(folder, {slug: entry | {"names": None} for slug, entry in entries.items()})

    def counts(self, entries):
        countries = {entry["country"] for entry in entries.values()}
        return [
            *super().counts(entries),
            (_("countries with municipalities"), len(countries)),
            (_("names in other languages"), sum(len(entry["names"] or {}) for entry in entries.values())),
        ]


class Sections(Translated):
    """The sections of a profile: a list of keys with their texts in the file, a column each in the database."""

    def __init__(self):
        super().__init__("sections")
        self.columns = [Translated(key) for key in Profile.SECTIONS]

    def canonical(self, value, model):
        if not isinstance(value or [], list) or not all(isinstance(section, dict) for section in value or []):
            raise ValidationError(_("A list is expected."))
        bodies = {section.get("key"): section.get("body") for section in value or []}
        if unknown := set(bodies) - set(Profile.SECTIONS):
            raise ValidationError(_("There is no section “%s”.") % unknown.pop())
        return [
            {"key": column.name, "body": column.canonical(bodies[column.name], model)}
            for column in self.columns
            if bodies.get(column.name)
        ] or None

    def dump(self, record):
        bodies = [{"key": column.name, "body": column.dump(record)} for column in self.columns]
        return [section for section in bodies if section["body"]] or None

    def load(self, record, value, lookup):
        bodies = {section["key"]: section["body"] for section in value or []}
        for column in self.columns:
            column.load(record, bodies.get(column.name), lookup)


class SourceNumber(Column):
    """The source of a key figure by its place in the list of sources, from 0."""

    def canonical(self, value, model):
        if not isinstance(value, int):
            raise ValidationError(_("The number of a source is expected, from 0."))
        return value

    def dump(self, record):
        return record.source.position

    def load(self, record, value, lookup):
        record.source = record.profile.sources.filter(position=value).first()
        if record.source is None:
            raise ValidationError(_("There is no source with the number %s; the first is 0.") % value)


class ProfileFolder(YamlFolder):
    name = "cities"
    model = Profile
    key = "municipality"
    fields = [
        Reference("municipality", "city"),
        Translated("subtitle"),
        Translated("summary"),
        Sections(),
        Rows("takeaways", Translated("text")),
        # Sources before the figures that cite them; written after them.
        SOURCES,
        Rows(
            "key_figures",
            [
                Translated("label"),
                Column("value"),
                Column("unit"),
                Column("share"),
                Column("qualifier"),
                Column("year"),
                SourceNumber("source"),
            ],
        ),
    ]
    prefetch = ["key_figures__source"]

    def read(self, folder):
        for key, raw in super().read(folder):
            if isinstance(raw, dict) and raw.get("municipality") != key:
                raise ContentInvalid(
                    [
                        ContentError(
                            f"{self.name}/{key}.yaml",
                            key,
                            "municipality",
                            _("The file must be named like its city."),
                        )
                    ]
                )
            yield key, raw

    def record_key(self, record):
        return record.city.slug

    def load_relations(self, record, entry, lookup):
        record.key_figures.all().delete()  # they hold on to the sources, which are written anew
        super().load_relations(record, entry, lookup)


files = [CountryFile(), CityFile(), ProfileFolder()]
