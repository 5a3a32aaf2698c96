"""Webs of ties for tests: read from the plain files of the content without the code that imports them, and made up."""

import csv
import random

import networkx
import yaml

from networks.ties import Tie, Web
from tests.test_architecture import ROOT

FIXTURES = ROOT / "fixtures"


def entries(name):
    return yaml.safe_load((FIXTURES / name).read_text())


def members_in_files():
    """Who belongs to each group now, as the plain files say: {"network:eurocities": {"gdansk", …}}."""
    members = {}
    with (FIXTURES / "memberships.csv").open(newline="") as file:
        for row in csv.DictReader(file):
            if not row["until"]:
                members.setdefault(f"network:{row['network']}", set()).add(row["municipality"])
    for entry in entries("organisations.yaml"):
        for network in networks_of(entry):
            members.setdefault(f"network:{network}", set()).add(f"organisation:{entry['slug']}")
    for entry in entries("initiatives.yaml"):
        members[f"initiative:{entry['slug']}"] = set(entry.get("municipalities") or [])
    for entry in entries("declarations.yaml"):
        members[f"declaration:{entry['slug']}"] = set(entry.get("signatories") or [])
    return {group: actors for group, actors in members.items() if actors}


def networks_of(organisation):
    yield from organisation.get("networks") or []
    yield from (one["network"] for one in organisation.get("memberships") or [] if not one.get("until"))


def graph_of(members):
    """The same as a networkx graph of actors and groups."""
    return networkx.Graph((group, actor) for group, actors in members.items() for actor in actors)


def web_of(members):
    """The same as a Web."""
    ties = [
        Tie(actor, group, "member", None, None, True, "")
        for group, actors in members.items()
        for actor in sorted(actors)
    ]
    return Web(ties)


def made_up(seed, actors=60, groups=14, ties=150):
    """Who belongs to which of some networks, by chance."""
    chance = random.Random(seed)
    members = {}
    for _number in range(ties):
        group = f"network:{int(chance.triangular(0, groups, 0))}"
        members.setdefault(group, set()).add(f"actor-{chance.randrange(actors)}")
    return members


def municipalities_of(members):
    """The same without organisations."""
    return {
        group: {actor for actor in actors if not actor.startswith("organisation:")}
        for group, actors in members.items()
    }
