"""The lines on the maps of initiatives, recomputed from the plain files."""

import csv
from itertools import combinations

import pytest
import yaml
from django.conf import settings

from cities.lines import MOST_PARTNERS
from networks.models import Initiative

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("content")]
FIXTURES = settings.BASE_DIR / "fixtures"


def places():
    """Where each municipality lies, by its slug."""
    with (FIXTURES / "municipalities.csv").open(newline="") as file:
        return {
            row["slug"]: (float(row["latitude"]), float(row["longitude"]))
            for row in csv.DictReader(file)
            if row["latitude"]
        }


def test_the_lines_of_each_initiative_are_those_of_the_files(client):
    where = places()
    for entry in yaml.safe_load((FIXTURES / "initiatives.yaml").read_text()):
        initiative = Initiative.objects.get(slug=entry["slug"])
        partners = [slug for slug in entry["municipalities"] if slug in where]
        mentoring = {
            (where[mentor], where[supported])
            for supported, mentor in entry["pairs"]
            if {mentor, supported} <= set(partners)
        }
        joined = {frozenset(pair) for pair in mentoring}
        expected = (
            {frozenset((where[one], where[other])) for one, other in combinations(partners, 2)} - joined
            if len(partners) <= MOST_PARTNERS
            else set()
        )

        lines = client.get(initiative.get_absolute_url()).context["map"].lines

        assert set(lines.mentoring) == mentoring, entry["slug"]
        assert {frozenset(line) for line in lines.partners} == expected, entry["slug"]
        assert len(lines.partners) == len(expected)
