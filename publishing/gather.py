"""Several lists of facts for one page in one query.

A city's page shows networks, approaches, declarations and more, a handful of rows each. Asked one by one, each list
costs a round trip and a set of model instances; joined by UNION ALL as JSON rows, all of them together cost one.
"""

import json

from django.db.models import Count, IntegerField, OuterRef, Subquery, TextField, Value, Window
from django.db.models.functions import Coalesce, JSONObject, RowNumber

from publishing.languages import Localized, as_text
from publishing.models import public_along


def as_written(queryset):
    """The queryset without modeltranslation's rewriting, which stumbles over expressions among the columns."""
    return queryset.rewrite(False) if hasattr(queryset, "rewrite") else queryset


class JSONRow(JSONObject):
    """A row as the text of its JSON: decoded together with all others, which takes half the time of one by one."""

    output_field = TextField()


class Gathering:
    """Several lists joined into one queryset, and the way back from its rows to the lists."""

    def __init__(self, lists):
        self.names = list(lists)
        self.texts = [
            [name for name, column in columns.items() if isinstance(column, Localized)]
            for _queryset, columns in lists.values()
        ]
        first, *others = (self.joinable(number, *given) for number, given in enumerate(lists.values()))
        self.queryset = first.union(*others, all=True).order_by("gathered_list", "gathered_place")

    def joinable(self, number, queryset, columns):
        """A list as rows of (its number, place, JSON)."""
        order = list(queryset.query.order_by)
        return (
            as_written(queryset)
            .order_by()
            .annotate(
                gathered_list=Value(number),
                gathered_place=Window(RowNumber(), order_by=order) if order else Value(0),
                gathered_row=JSONRow(**columns),
            )
            .values_list("gathered_list", "gathered_place", "gathered_row")
        )

    def spread(self, rows):
        """The rows of each list as dicts: {"networks": [{"slug": …}, …], …}."""
        gathered = {name: [] for name in self.names}
        rows = list(rows)
        decoded = json.loads(f"[{','.join(text for _number, _place, text in rows)}]")
        for (number, _place, _text), row in zip(rows, decoded, strict=True):
            for name in self.texts[number]:
                row[name] = as_text(row[name])
            gathered[self.names[number]].append(row)
        return gathered


def gather(**lists):
    """The rows of each list as dicts: gather(networks=(queryset, {"slug": "network__slug"}), …) → {"networks": […]}.

    A list is given as a queryset and its columns: names with field names or expressions. It keeps the order that the
    queryset asks for; a limit has to be inside: `filter(pk__in=first_five)`. One query, whatever the number of lists.
    """
    gathering = Gathering(lists)
    return gathering.spread(gathering.queryset)


def count_along(model, relation, path=""):
    """How many public records a relation leads to, for each row of a list: count_along(City, "memberships", "network").

    A subquery for each row that is shown costs less than grouping all rows before the page is cut out. The path goes
    on from the relation to the record that must be public as well.
    """
    field = model._meta.get_field(relation)
    related = field.related_model
    back = field.field.name
    public = public_along(related, path) if path else related.public()
    number = (
        related._base_manager.filter(public, **{back: OuterRef("pk")})
        .order_by()
        .values(back)
        .annotate(number=Count("pk"))
    )
    return Coalesce(Subquery(number.values("number"), output_field=IntegerField()), 0)
