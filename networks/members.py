"""What the page of a network says of its members, out of the rows of its memberships, now or in a year."""

from functools import cached_property

from django.utils.translation import gettext as _

from networks import charts
from networks.actors import MUNICIPALITY, ORGANISATION, PAGES
from networks.models import BaseMembership, Organisation
from networks.years import holds, this_year
from publishing.addresses import address_of


class Members:
    """The members of a network: municipalities and organisations, as rows.

    Of a year that is asked for, those are listed that held then; else all are, those that have left with the year.
    """

    def __init__(self, municipalities, organisations, at):
        self.at = at
        self.every = [
            row | {"address": address_of(PAGES[kind], row["slug"]), "actor_kind": kind} | self.holding(row)
            for kind, rows in [(MUNICIPALITY, municipalities), (ORGANISATION, organisations)]
            for row in rows
        ]
        self.listed = [row for row in self.every if row["held"] or not at.year]

    def holding(self, row):
        """Whether the membership held in the year; None where its years leave that open."""
        return {"held": holds(row["since"], row["until"], self.at.year)}

    def of_kind(self, kind):
        return [row for row in self.listed if row["actor_kind"] == kind]

    @cached_property
    def municipalities(self):
        return self.of_kind(MUNICIPALITY)

    @cached_property
    def organisations(self):
        """Their rows, with words for what they are."""
        return [
            row | {"kind": Organisation.Kind(row["kind"]).label, "role_label": role_label(row)}
            for row in self.of_kind(ORGANISATION)
        ]

    @cached_property
    def current(self):
        """The municipalities that belong to it, now or in the year."""
        return [row for row in self.municipalities if row["held"]]

    @property
    def current_organisations(self):
        return sum(bool(row["held"]) for row in self.organisations)

    @property
    def former(self):
        """How many municipalities of the list have left."""
        return len(self.municipalities) - len(self.current)

    @property
    def unknown(self):
        """Of how many memberships it is not known whether they held in the year."""
        return sum(row["held"] is None for row in self.every)

    @property
    def unconfirmed(self):
        return sum(not row["verified"] for row in self.municipalities)

    @property
    def number_of_countries(self):
        return len({row["country_code"] for row in self.current})

    @property
    def founders(self):
        """Who founded it, in whichever year one asks, whether or not they belong to it then."""
        return in_role(BaseMembership.Role.FOUNDER, self.every)

    @property
    def secretariat(self):
        return in_role(BaseMembership.Role.SECRETARIAT, self.listed)

    @cached_property
    def growth(self):
        return charts.growth(self.every, this_year())

    @cached_property
    def countries(self):
        return charts.bars_of_countries(self.current, _("Other countries"))

    @cached_property
    def sizes(self):
        return charts.bars_of_sizes(self.current)


def in_role(role, rows):
    return [row for row in rows if row["role"] == role]


def role_label(row):
    """The word for a role other than that of a plain member."""
    is_plain = row["role"] == BaseMembership.Role.MEMBER
    return "" if is_plain else BaseMembership.Role(row["role"]).label
