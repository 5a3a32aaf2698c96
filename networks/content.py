"""The files of networks, memberships, organisations, initiatives and declarations."""

from collections import Counter

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cities.models import City
from networks.models import Declaration, Initiative, Membership, Network, Organisation, OrganisationMembership
from publishing.content.columns import SOURCES, Column, Reference, Rows, Translated
from publishing.content.files import CsvFile, YamlFile
from publishing.content.values import text_from


class NetworkFile(YamlFile):
    name = "networks.yaml"
    model = Network
    fields = [
        Column("slug"),
        Column("acronym"),
        Column("kind"),
        Column("scope"),
        Reference("country", by="code"),
        Column("founded"),
        Column("website"),
        Translated("name"),
        Translated("summary"),
        Translated("description"),
        SOURCES,
    ]


class MembershipFile(CsvFile):
    name = "memberships.csv"
    model = Membership
    key = "network,municipality"
    fields = [
        Reference("network"),
        Reference("municipality", "city"),
        Column("role"),
        Column("since"),
        Column("until"),
        Column("source_url"),
        Column("verified"),
    ]

    def key_of(self, raw):
        network, city = raw.get("network") or "", raw.get("municipality") or ""
        return f"{network},{city}" if network or city else ""

    def record_key(self, record):
        return f"{record.network.slug},{record.city.slug}"

    def counts(self, entries):
        confirmed = sum(bool(entry["verified"]) for entry in entries.values())
        return [*super().counts(entries), (_("confirmed memberships"), confirmed)]


def by_network(row):
    return row["network"] or ""


class NetworksOfOrganisation(Rows):
    """The memberships of an organisation: a network's slug where no more is known, else a mapping with what is."""

    def __init__(self):
        known = [Column("role"), Column("since"), Column("until"), Column("source_url"), Column("verified")]
        super().__init__("networks", [Reference("network"), *known], column="memberships", ordered=False)

    def canonical(self, value, model):
        named = value if isinstance(value, list) else []
        rows = super().canonical([self.in_full(row) for row in named] or value, model) or []
        self.refuse_doubles(row["network"] for row in rows)
        return [self.in_short(row) for row in sorted(rows, key=by_network)] or None

    @staticmethod
    def in_full(row):
        return row if isinstance(row, dict) else {"network": row}

    @staticmethod
    def refuse_doubles(networks):
        if twice := [network for network, number in Counter(networks).items() if number > 1]:
            raise ValidationError(_("“%(keys)s” is named twice."), params={"keys": ", ".join(twice)})

    @staticmethod
    def in_short(row):
        """What is not known is left out; a member of whom nothing else is known is the network's slug."""
        known = {name: value for name, value in row.items() if value not in (None, False)}
        if known.get("role") == OrganisationMembership.Role.MEMBER:
            del known["role"]
        return known if len(known) > 1 else row["network"]

    def dump(self, record):
        rows = [self.dump_row(row) for row in record.memberships.all()]
        return [self.in_short(row) for row in sorted(rows, key=by_network)] or None

    def load(self, record, value, lookup):
        super().load(record, [self.completed(row) for row in value or []], lookup)

    def completed(self, row):
        """A row with each of its fields, from its canonical form."""
        unknown = dict.fromkeys(field.name for field in self.fields)
        defaults = {"role": OrganisationMembership.Role.MEMBER, "verified": False}
        return unknown | defaults | self.in_full(row)

    def kept_rows(self, record, rows, values):
        """A membership stays the same record as long as its network is named."""
        stored = {row.network.slug: row for row in rows}
        return [stored.get(value["network"]) for value in values]


class OrganisationFile(YamlFile):
    name = "organisations.yaml"
    model = Organisation
    fields = [
        Column("slug"),
        Column("name"),
        Column("kind"),
        Reference("municipality", "city"),
        Reference("country", by="code"),
        Column("website"),
        NetworksOfOrganisation(),
        Translated("summary"),
        SOURCES,
    ]
    prefetch = ["memberships__network"]


class Pairs(Rows):
    """Mentoring pairs, each a list of two municipalities that take part."""

    def __init__(self):
        super().__init__("pairs", [Reference("first"), Reference("second")], ordered=False)

    def canonical(self, value, model):
        if value and not isinstance(value, list):
            raise ValidationError(_("A list is expected."))
        if not all(isinstance(pair, list) and len(pair) == 2 for pair in value or []):
            raise ValidationError(_("A pair is a list of two municipalities."))
        return sorted([text_from(first), text_from(second)] for first, second in value or []) or None

    def dump(self, record):
        return sorted([pair.first.slug, pair.second.slug] for pair in record.pairs.all()) or None

    def load(self, record, value, lookup):
        participants = set(record.participations.values_list("city__slug", flat=True)) if record.pk else None
        for pair in value or [] if record.pk else []:
            strangers = [
                slug for slug in pair if slug not in participants and not lookup.is_broken(City, slug)
            ]
            if strangers:
                raise ValidationError(_("“%s” is in a pair but does not take part.") % strangers[0])
        super().load(record, [{"first": first, "second": second} for first, second in value or []], lookup)


class InitiativeFile(YamlFile):
    name = "initiatives.yaml"
    model = Initiative
    fields = [
        Column("slug"),
        Reference("network"),
        Translated("title"),
        Translated("summary"),
        Column("started"),
        Column("ended"),
        Column("duration_months"),
        Rows("municipalities", Reference("city"), "participations", ordered=False),
        Pairs(),
        SOURCES,
    ]
    prefetch = ["participations__city", "pairs__first", "pairs__second"]


class DeclarationFile(YamlFile):
    name = "declarations.yaml"
    model = Declaration
    fields = [
        Column("slug"),
        Translated("title"),
        Column("date"),
        Translated("summary"),
        Column("url"),
        Rows("signatories", Reference("city"), "signatures", ordered=False),
        Column("signatories_total"),
        SOURCES,
    ]
    prefetch = ["signatures__city"]


files = [NetworkFile(), MembershipFile(), OrganisationFile(), InitiativeFile(), DeclarationFile()]
