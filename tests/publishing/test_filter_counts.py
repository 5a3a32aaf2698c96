"""Over the whole content, each value of a filter gives as many results as it promises."""

import pytest
from django.http import QueryDict

from approaches.forms import ApproachFilterForm
from approaches.models import Approach
from cities.forms import CityFilterForm
from cities.models import City

pytestmark = pytest.mark.django_db


def cities(query=""):
    return CityFilterForm(QueryDict(query))


def test_a_count_equals_the_results_of_the_filter(content):
    form = cities()
    for group in form.facet_groups:
        assert group["options"], group["name"]
        for option in group["options"]:
            filtered = cities(f"{group['name']}={option['key']}")

            assert filtered.problems == []
            assert filtered.results.count() == option["count"], (group["name"], option["key"])


def test_a_count_equals_the_results_under_other_filters(content):
    filters = "country=IT&size=100000-500000"
    form = cities(filters)
    for group in form.facet_groups:
        others = [part for part in filters.split("&") if not part.startswith(f"{group['name']}=")]
        for option in group["options"]:
            filtered = cities("&".join([*others, f"{group['name']}={option['key']}"]))

            assert filtered.results.count() == option["count"], (group["name"], option["key"])


def test_the_counts_of_approaches_equal_the_results(content):
    form = ApproachFilterForm(QueryDict("to=2020"), Approach.objects.published())
    for group in form.facet_groups:
        for option in group["options"]:
            data = QueryDict(f"to=2020&{group['name']}={option['key']}")
            filtered = ApproachFilterForm(data, Approach.objects.published())

            assert filtered.results.count() == option["count"], (group["name"], option["key"])


def test_sizes_leave_no_city_out(content):
    group = next(group for group in cities().facet_groups if group["name"] == "size")

    assert sum(option["count"] for option in group["options"]) == City.objects.published().count()
