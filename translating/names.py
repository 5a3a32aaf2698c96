"""What entries of all kinds are called and where they lie, in one query each."""

from django.db.models import F, Value

from publishing.gather import as_written, gather


def facts_of(keys, kinds):
    """Name and status of entries, given as pairs (kind, key): {("cities.city", 3): {"name": …, "status": …}}.

    What has no publication of its own has no status.
    """
    lists = {}
    for label in dict.fromkeys(kind for kind, _entry in sorted(keys)):
        model = kinds[label].model
        columns = {"pk": "pk", "name": model.name_expression()}
        if hasattr(model, "status"):
            columns["status"] = "status"
        wanted = [entry for kind, entry in keys if kind == label]
        lists[label] = (model._base_manager.filter(pk__in=wanted), columns)
    if not lists:
        return {}
    return {(label, row["pk"]): row for label, rows in gather(**lists).items() for row in rows}


def countries_of(kinds):
    """Triples (kind, entry, country) of all entries that lie in a country, or in several."""
    first, *others = (
        as_written(kind.model._base_manager.all())
        .order_by()
        .exclude(**{kind.country_path: None})
        .values_list(Value(kind.label), "pk", F(kind.country_path))
        for kind in kinds.values()
        if kind.country_path
    )
    return first.union(*others)


def countries(kinds):
    """The names of all countries by their keys, in the order of the alphabet."""
    country = next(kind.model for kind in kinds.values() if kind.country_path == "pk")
    return {str(record.pk): str(record) for record in country._base_manager.order_by("sort_name", "pk")}
