"""Filters over lists, declared by each app and counted, applied and explained by one form.

Several values of a facet mean "or", several facets mean "and". Each value shows how many results it would give: its
count is taken under all filters but those of its own facet. The address is the state.
"""

from collections import Counter
from copy import copy
from functools import cached_property
from heapq import nlargest
from operator import itemgetter

from django.core.paginator import Paginator
from django.core.validators import slug_re
from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Value, When
from django.db.models.functions import Cast
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from publishing.gather import as_written
from publishing.languages import Localized
from publishing.models import FormerSlug, public_along
from publishing.prepared import ask, ask_lists
from publishing.text import shown_again

PAGE_SIZE = 50
LONGEST_QUERY = 200
LONG_FACET = 10  # a facet with more options has a field to find one, and shows at first
SHOWN_OPTIONS = 8  # so many: those that give most


class Facet:
    """A filter by the records at the end of a relation: cities by the networks they are members of."""

    # Whether the options are fixed in the code; else they are records and have to be fetched.
    fixed = False
    # Whether all options show at once, however many they are.
    whole = False

    def __init__(self, name, label, path, key="slug", text=None, order="sort_name", once=False):
        self.name = name
        self.label = label
        self.path = path
        self.key = key
        self.text = text
        self.order = order
        # Whether a record reaches each value in one way only, so that nothing is counted twice.
        self.once = once

    def multivalued(self, model):
        """Whether one record can have several values, or reaches them over several steps."""
        return "__" in self.path or not model._meta.get_field(self.path).many_to_one

    def target(self, model):
        for step in self.path.split("__"):
            model = model._meta.get_field(step).related_model
        return model

    def options(self, records):
        """A list for `gather`: every value that occurs among the records, in its order."""
        target = self.target(records.model)
        occurs = as_written(records).filter(
            public_along(records.model, self.path), **{self.path: OuterRef("pk")}
        )
        text = self.text() if self.text else Localized("name")
        return (
            target._base_manager.filter(Exists(occurs)).order_by(self.order, "pk"),
            {"pk": "pk", "key": self.key, "label": text},
        )

    def former(self, records, keys):
        """For those of the keys that are former addresses of options: {key: primary key of the option}."""
        slugs = [key for key in keys if slug_re.match(key)]
        if self.key != "slug" or not slugs:
            return {}
        kind = self.target(records.model)._meta.label_lower
        return dict(FormerSlug.objects.filter(kind=kind, slug__in=slugs).values_list("slug", "record"))

    def counted(self, records):
        """The records grouped by value: rows of (value, count)."""
        number = Count("pk", distinct=self.multivalued(records.model) and not self.once)
        return (
            as_written(records)
            .filter(public_along(records.model, self.path), **{f"{self.path}__isnull": False})
            .order_by()
            .values(value=Cast(F(self.path), CharField()))
            .annotate(number=number)
        )

    def narrow(self, records, chosen):
        """The records that have one of the chosen options."""
        values = [option["pk"] for option in chosen]
        if not self.multivalued(records.model):
            return records.filter(**{f"{self.path}__in": values})
        having = records.model._base_manager.filter(
            public_along(records.model, self.path), **{f"{self.path}__in": values}
        )
        return records.filter(pk__in=having.values("pk"))

    def count_key(self, option):
        return str(option["pk"])


class ChoiceFacet:
    """A filter by choices that the code knows: a column, or an expression that gives one of their values."""

    fixed = True
    whole = False

    def __init__(self, name, label, expression, choices):
        self.name = name
        self.label = label
        self.expression = expression
        self.choices = choices

    def fixed_options(self):
        return [{"key": key, "label": label} for key, label in self.choices]

    def former(self, records, keys):
        """Choices of the code have no former addresses."""
        return {}

    def value(self):
        return self.expression() if callable(self.expression) else F(self.expression)

    def counted(self, records):
        return (
            as_written(records)
            .order_by()
            .values(value=Cast(self.value(), CharField()))
            .annotate(number=Count("pk"))
        )

    def narrow(self, records, chosen):
        wanted = {f"filtered_{self.name}__in": [option["key"] for option in chosen]}
        return records.alias(**{f"filtered_{self.name}": self.value()}).filter(**wanted)

    def count_key(self, option):
        return option["key"]


class YesFacet(ChoiceFacet):
    """A filter with the single choice "yes": the records for which a condition holds, given as a function."""

    def __init__(self, name, label, condition, text):
        super().__init__(name, label, None, [("yes", text)])
        self.condition = condition

    def counted(self, records):
        """Counted from those for which it holds, which are few: the others need not be looked at."""
        holds = as_written(records).filter(self.condition())
        return holds.order_by().values(value=Value("yes", CharField())).annotate(number=Count("pk"))

    def narrow(self, records, chosen):
        return records.filter(self.condition())


def yes_if(condition):
    """An expression for a facet with the single choice "yes"."""
    return Case(When(condition, then=Value("yes")), default=None, output_field=CharField())


class Sort:
    """An order that visitors can choose."""

    def __init__(self, label, *order):
        self.label = label
        self.order = order


BY_NAME = Sort(gettext_lazy("Name A–Z"), "sort_name", "pk")


def page_of(rows, number, total=None):
    """A page of 50 rows: the one with that number, or the last sensible one. A total that is known saves a query."""
    paginator = Paginator(rows, PAGE_SIZE)
    if total is not None:
        paginator.count = total
    return paginator.get_page(number)


class FilterForm:
    """A list of records and what a visitor wants to see of it, read from the address.

    A value that makes no sense is ignored and named in `problems`; the rest of the filter holds.
    """

    facets = []
    sorts = {"name": BY_NAME}  # the first one is the usual one
    further = []  # the names of parameters that a form of one's own reads besides
    parts = []  # the templates of their fields
    has_term = True  # whether the field of the search term is one of the filter
    cleared = "?"  # the query of the address without any filter

    def __init__(self, data, records=None):
        self.data = data.copy()
        self.own = records is None
        self.records = self.every() if self.own else records
        self.problems = []
        self.q = " ".join(data.get("q", "").replace("\0", " ").split())[:LONGEST_QUERY]
        self.chosen = {facet.name: self.choose(facet) for facet in self.facets}
        self.sort = self.choose_sort()
        self.read()

    def every(self):
        """All records of the list, for a form that is given none: such a form keeps the SQL of its queries."""
        return self.records

    def read(self):
        """Read further fields of a form of one's own from `data`."""

    def narrow(self, records):
        """The records that fit those further fields."""
        return records

    def further_active(self):
        """Further active filters: pairs of a label and the parameter to remove."""
        return []

    # What the visitor chose

    @cached_property
    def options(self):
        """The options of each facet by its name, in order."""
        options = {}
        if any(not facet.fixed for facet in self.facets):
            key = (type(self), "options") if self.own else None
            options = ask_lists(
                key,
                lambda: {facet.name: facet.options(self.records) for facet in self.facets if not facet.fixed},
            )
        return options | {facet.name: facet.fixed_options() for facet in self.facets if facet.fixed}

    def choose(self, facet):
        """The options of a facet that the address names. From here on `data` has their present keys, and no others."""
        wanted = dict.fromkeys(filter(None, self.data.getlist(facet.name)))
        if not wanted:
            return []
        known = self.known(facet, wanted)
        chosen = {}
        for key in wanted:
            if option := known.get(key.lower()):
                chosen[option["key"]] = option
            else:
                self.ignore(key, facet.label)
        self.data.setlist(facet.name, list(chosen))
        return list(chosen.values())

    def known(self, facet, wanted):
        """The options of a facet by each key that leads to them: the present ones, and former ones among the wanted."""
        options = self.options[facet.name]
        known = {option["key"].lower(): option for option in options}
        if missing := [key.lower() for key in wanted if key.lower() not in known]:
            by_record = {option.get("pk"): option for option in options}
            for key, record in facet.former(self.records, missing).items():
                if record in by_record:
                    known[key] = by_record[record]
        return known

    def choose_sort(self):
        wanted = self.data.get("sort")
        if wanted and wanted not in self.sorts:
            self.ignore(wanted, _("Sort by"))
        return wanted if wanted in self.sorts else next(iter(self.sorts))

    def ignore(self, value, label):
        """Tell the visitor that a value makes no sense."""
        self.problems.append(
            _("“%(value)s” is no value of the filter “%(filter)s” and was ignored.")
            % {"value": shown_again(value, 100), "filter": label}
        )

    # What fits

    def filtered(self, leave_out=None):
        """The records that fit all filters, or all but one facet."""
        records = self.narrow(self.records)
        if self.q:
            records = records.matching(self.q)
        for facet in self.facets:
            if self.chosen[facet.name] and facet is not leave_out:
                records = facet.narrow(records, self.chosen[facet.name])
        return records

    @cached_property
    def results(self):
        """The records that fit, in the chosen order."""
        return self.filtered().order_by(*self.sorts[self.sort].order)

    @cached_property
    def counts(self):
        """How many results each value would give: {(facet name, value): number}. One query for all facets."""

        def build():
            first, *others = (
                counted.annotate(facet=Value(number)).values_list("facet", "value", "number")
                for number, facet in enumerate(self.facets)
                for counted in self.counted(facet)
            )
            return first.union(*others, all=True) if others else first

        counts = Counter()
        for row in self.ask("counts", build):
            counts[self.facets[row["facet"]].name, row["value"]] += row["number"]
        return counts

    def counted(self, facet):
        """What would fit by the values of a facet: querysets of rows of (value, number), one for each kind of record."""
        return [facet.counted(self.filtered(leave_out=facet))]

    def listed(self):
        """The records that fit, as querysets, one for each kind of record."""
        return [self.filtered()]

    def ask(self, name, build):
        """The rows of the queryset that `build` makes. Its SQL is kept, unless it holds a text that somebody typed."""
        return ask(self.key(name), build)

    def key(self, name):
        """What the SQL of a question is kept under; None where it holds something of which there is no end."""
        return None if self.q or not self.own else (type(self), name, self.state)

    @cached_property
    def state(self):
        """The filter as a key: two forms with the same state ask the same questions."""
        # By primary key: another record may take over the address of a chosen one.
        chosen = tuple(
            tuple(option.get("pk", option["key"]) for option in self.chosen[facet.name])
            for facet in self.facets
        )
        further = tuple((name, *self.data.getlist(name)) for name in self.further)
        return chosen, further, self.sort

    def page(self, rows=None, total=None):
        """The page of the results that the address asks for, or the last sensible one.

        `rows` is a queryset of rows, or a function that makes it out of the results.
        """
        if not callable(rows):
            return page_of(self.results if rows is None else rows, self.data.get("page"), total)
        page = page_of(range(total), self.data.get("page"), total)
        start = page.start_index() - 1 if total else 0

        def build():
            return rows(self.results)[start : start + PAGE_SIZE]

        page.object_list = self.ask(("page", rows, page.number), build)
        return page

    # What the page shows

    @cached_property
    def facet_groups(self):
        """The facets for the page, each with the `options` that give something or are chosen.

        `all` are all its options, so that a page which refines in place finds each one there: those that would give
        nothing are `hidden`. In a long facet the chosen ones come first, and those that are neither chosen nor among
        the most frequent are `further` ones.
        """
        return [self.facet_group(facet) for facet in self.facets]

    def facet_group(self, facet):
        chosen = {option["key"] for option in self.chosen[facet.name]}
        every = []
        for option in self.options[facet.name]:
            key, count = option["key"], self.counts.get((facet.name, facet.count_key(option)), 0)
            every.append({"key": key, "label": option["label"], "count": count, "chosen": key in chosen})
        long = len(every) > LONG_FACET and not facet.whole
        if long:
            every.sort(key=lambda option: not option["chosen"])
        shown = [option for option in every if option["count"] or option["chosen"]]
        first = nlargest(SHOWN_OPTIONS, shown, key=itemgetter("chosen", "count")) if long else shown
        at_first = {option["key"] for option in first} | chosen
        for option in every:
            option["hidden"] = not (option["count"] or option["chosen"])
            option["further"] = not option["hidden"] and option["key"] not in at_first
        return {
            "name": facet.name,
            "label": facet.label,
            "options": shown,
            "all": every,
            "long": long,
            "shortened": len(shown) > len(at_first),
        }

    @cached_property
    def active(self):
        """The active filters: pairs of a label and the address of the list without it."""
        active = [(_("“%(text)s”") % {"text": self.q}, self.without("q"))] if self.q else []
        for facet in self.facets:
            for option in self.chosen[facet.name]:
                active.append((option["label"], self.without(facet.name, option["key"])))
        return active + [(label, self.without(name)) for label, name in self.further_active()]

    @cached_property
    def ways_out(self):
        """For a list without results: the filters that can be given up, the one that brings back most first.

        Dicts of the filter's `label`, the `number` of results without it, and their `address`. Filters that bring
        nothing back are left out. One query.
        """
        filters = [(self.q, "q")] if self.q else []
        for facet in self.facets:
            if chosen := self.chosen[facet.name]:
                filters.append((facet.label if len(chosen) > 1 else chosen[0]["label"], facet.name))
        filters += self.further_active()
        if len(filters) < 2:
            return []

        def build():
            first, *others = (
                as_written(listed).order_by().values(way=Value(place)).annotate(number=Count("pk"))
                for place, (_label, name) in enumerate(filters)
                for listed in self.relaxed(name).listed()
            )
            return first.union(*others, all=True)

        numbers = Counter()
        for row in self.ask("ways out", build):
            numbers[row["way"]] += row["number"]
        ways = [
            {"label": filters[way][0], "number": number, "address": self.without(filters[way][1])}
            for way, number in numbers.items()
            if number
        ]
        return sorted(ways, key=itemgetter("number"), reverse=True)

    def relaxed(self, name):
        """The same form without the filter of that parameter, to ask which records it would leave."""
        form = copy(self)
        form.data = self.data.copy()
        form.data.setlist(name, [])
        form.problems = []
        form.chosen = self.chosen | ({name: []} if name in self.chosen else {})
        form.q = "" if name == "q" else self.q
        form.read()
        return form

    def without(self, name, value=None):
        """The query of the address without a parameter, or without one of its values; from the first page on."""
        data = self.data.copy()
        data.setlist(name, [other for other in data.getlist(name) if value is not None and other != value])
        data.pop("page", None)
        return f"?{data.urlencode()}"

    @property
    def sort_choices(self):
        return [
            {"key": key, "label": sort.label, "chosen": key == self.sort} for key, sort in self.sorts.items()
        ]

    @property
    def query(self):
        """The filter as the query of an address, without the page number: for the map of the same records."""
        data = self.data.copy()
        data.pop("page", None)
        data.pop("sort", None)
        return data.urlencode()
