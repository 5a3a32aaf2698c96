"""Lines on a map between municipalities that work together: partners in an initiative, and mentoring pairs.

Partners are joined each with each, which is a tangle where they are many: then they have no lines, and the list beside
the map tells who they are.
"""

from dataclasses import dataclass, field
from itertools import combinations, groupby

MOST_PARTNERS = 16  # that are joined by lines: 120 of them


@dataclass
class Lines:
    """Lines as pairs of places (latitude, longitude); a mentoring pair begins with the mentor."""

    partners: list = field(default_factory=list)
    mentoring: list = field(default_factory=list)


def lines_of(facts):
    """The lines out of the lists of `lists_of_lines` of `cities.points`, or None where nobody works with anybody."""
    return lines_between(
        [[point(row, "city") for row in rows] for rows in groups_of(facts)],
        [(point(row, "mentor"), point(row, "supported")) for row in facts.get("mentoring", ())],
    )


def initiatives_of(facts):
    """The initiatives that have lines, as dicts: slug, title."""
    rows = [*(rows[0] for rows in groups_of(facts)), *facts.get("mentoring", ())]
    named = {row["initiative"]: row["title"] for row in rows}
    return [{"slug": slug, "title": title} for slug, title in named.items()]


def groups_of(facts):
    """The rows of each initiative that has several partners on the map."""
    groups = groupby(facts.get("partners", ()), key=lambda row: row["initiative"])
    return [rows for _initiative, group in groups if len(rows := list(group)) > 1]


def point(row, name):
    return row[f"{name}_latitude"], row[f"{name}_longitude"]


def lines_from(here, partners, mentors, supported):
    """The lines of one place: to those of its partners, from its mentors, to whom it supported; None where there are none."""
    pairs = [*((place, here) for place in mentors), *((here, place) for place in supported)]
    return lines_between([[here, place] for place in partners], pairs)


def lines_between(groups, mentoring):
    """Lines between the places of each group, each with each, and of mentoring pairs; None where there are none.

    Two places have one line only, that of the pair before that of partners.
    """
    joined = {frozenset(pair) for pair in mentoring}
    lines = Lines(mentoring=list(dict.fromkeys(mentoring)))
    for places in groups:
        for pair in combinations(places, 2) if len(places) <= MOST_PARTNERS else ():
            if len(both := frozenset(pair)) == 2 and both not in joined:
                joined.add(both)
                lines.partners.append(pair)
    return lines if joined else None
