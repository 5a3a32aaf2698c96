"""The kinds of records that can be found, in the order in which results of the same worth stand."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Kind:
    """A kind of records, as a visitor knows it."""

    name: str  # in addresses: "policy-areas"
    label: str
    one: str
    page: str  # the name of the address of a record; "" where each has a name of its own
    list: str = ""  # that of the list of all of them, if there is one
    key: str = "slug"

    def address(self, identity):
        """The address of a record's page, given by its short name or code."""
        if not self.page:
            return reverse(f"pages:{identity.replace('-', '_')}")
        return reverse(self.page, kwargs={self.key: identity})


KINDS = {
    kind.name: kind
    for kind in [
        Kind("countries", _("Countries"), _("Country"), "cities:country", key="code"),
        Kind("cities", _("Cities"), _("City"), "cities:detail", "cities:list"),
        Kind("networks", _("Networks"), _("Network"), "networks:detail", "networks:list"),
        Kind("policy-areas", _("Policy areas"), _("Policy area"), "approaches:policy_area"),
        Kind(
            "approaches", _("Local approaches"), _("Local approach"), "approaches:detail", "approaches:list"
        ),
        Kind("initiatives", _("Initiatives"), _("Initiative"), "networks:initiative"),
        Kind("declarations", _("Declarations"), _("Declaration"), "networks:declaration"),
        Kind("organisations", _("Organisations"), _("Organisation"), "networks:organisation"),
        Kind("commitments", _("Commitments"), _("Commitment"), "commitments:detail", "commitments:list"),
        Kind("news", _("News"), _("News item"), "news:detail", "news:list"),
        Kind("events", _("Events"), _("Event"), "news:event_detail", "news:event_list"),
        Kind("pages", _("About this site"), _("Page"), ""),
    ]
}
