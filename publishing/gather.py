"""Several lists of facts for one page in one query.

A city's page shows networks, approaches, declarations and more, a handful of rows each. Asked one by one, each list
costs a round trip and a set of model instances; joined by UNION ALL as JSON rows, all of them together cost one.
"""

from django.db.models import Value, Window
from django.db.models.functions import JSONObject, RowNumber


def as_written(queryset):
    """The queryset without modeltranslation's rewriting, which stumbles over expressions among the columns."""
    return queryset.rewrite(False) if hasattr(queryset, "rewrite") else queryset


def gather(**lists):
    """The rows of each list as dicts: gather(networks=(queryset, {"slug": "network__slug"}), …) → {"networks": […]}.

    A list is given as a queryset and its columns: names with field names or expressions. It keeps the order that the
    queryset asks for; a limit has to be inside: `filter(pk__in=first_five)`. One query, whatever the number of lists.
    """
    queries = []
    for number, (queryset, columns) in enumerate(lists.values()):
        order = list(queryset.query.order_by)
        queries.append(
            as_written(queryset)
            .order_by()
            .annotate(
                gathered_list=Value(number),
                gathered_place=Window(RowNumber(), order_by=order) if order else Value(0),
                gathered_row=JSONObject(**columns),
            )
            .values_list("gathered_list", "gathered_place", "gathered_row")
        )
    first, *others = queries
    names = list(lists)
    gathered = {name: [] for name in names}
    for number, _place, row in first.union(*others, all=True).order_by("gathered_list", "gathered_place"):
        gathered[names[number]].append(row)
    return gathered
