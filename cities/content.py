"""The files of countries, municipalities and profiles."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cities.models import City, Country, Profile
from publishing.content.columns import SOURCES, Column, Reference, Rows, Translated
from publishing.content.errors import Collecting, ContentError, ContentInvalid
from publishing.content.files import CsvFile, YamlFile, YamlFolder
from publishing.content.formats import read_csv, write_csv
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
        columns = [field.name for field in self.all_fields() if field.name != "names"]
        for row in read_csv(folder / self.name, self.name, columns):
            slug = row.get("slug") or ""
            if not slug or slug in rows:
                yield slug, row  # the import says what is wrong with it
            rows.setdefault(slug, row)
        yield from self.read_names(folder, rows)
        yield from ((slug, row) for slug, row in rows.items() if slug)

    def read_names(self, folder, rows):
        """Add the names to the rows of their municipalities; yield what is wrong."""
        try:
            names = read_csv(folder / self.names, self.names, ["slug", "language", "name"])
        except ContentInvalid as invalid:
            yield "", invalid
            return
        for row in names:
            slug, language, name = (row.get(column) or "" for column in ("slug", "language", "name"))
            if problem := self.problem(rows, slug, language, name):
                yield slug, ContentInvalid([ContentError(self.names, f"{slug},{language}", *problem)])
            else:
                rows[slug].setdefault("names", {})[language] = name

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
        if value and not isinstance(value, list):
            raise ValidationError(_("A list is expected."))
        bodies = {}
        with Collecting() as errors:
            for position, section in enumerate(value or []):
                with errors.of(str(position)):
                    key, body = self.section(section)
                    if key in bodies:
                        raise ValidationError(_("This section occurs twice."))
                    bodies[key] = self.columns[Profile.SECTIONS.index(key)].canonical(body, model)
        return [{"key": key, "body": bodies[key]} for key in Profile.SECTIONS if bodies.get(key)] or None

    def section(self, raw):
        """The key and the body of a section."""
        if not isinstance(raw, dict) or set(raw) != {"key", "body"}:
            raise ValidationError(_("A section has a key and a body."))
        if raw["key"] not in Profile.SECTIONS:
            raise ValidationError(_("There is no section “%s”.") % raw["key"])
        return raw["key"], raw["body"]

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
        if not isinstance(value, int) or isinstance(value, bool):
            raise ValidationError(_("The number of a source is expected, from 0."))
        return value

    def dump(self, record):
        return record.source.position

    def load(self, record, value, lookup):
        profile = record.profile
        if not 0 <= value < profile.source_count:
            raise ValidationError(_("There is no source with the number %s; the first is 0.") % value)
        source = profile.pk and profile.sources.filter(position=value).first()
        if source:
            record.source = source
        else:
            record.unresolved = {self.name}  # the profile or the source is wrong itself


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
                problem = _("The file must be named like its city.")
                raw = ContentInvalid([ContentError(f"{self.name}/{key}.yaml", key, "municipality", problem)])
            yield key, raw

    def record_key(self, record):
        return record.city.slug

    def load_relations(self, record, entry, lookup, wrong=()):
        record.source_count = len(entry["sources"] or [])
        if "sources" in wrong:
            wrong = {*wrong, "key_figures"}
        if record.pk:
            self.release_sources(record)
        super().load_relations(record, entry, lookup, wrong)

    def release_sources(self, profile):
        """Let the key figures hold on to no source that is about to go; they get their own again after the sources."""
        first, *others = profile.sources.order_by("position", "pk") or [None]
        going = others[max(profile.source_count - 1, 0) :]
        if not profile.source_count:
            profile.key_figures.all().delete()
        elif going:
            profile.key_figures.filter(source__in=going).update(source=first)


files = [CountryFile(), CityFile(), ProfileFolder()]
