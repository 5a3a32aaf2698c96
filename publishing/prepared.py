"""Queries whose SQL is made once.

Django builds the SQL of a query anew each time: for the lists of a city's page that takes several times as long as the
database takes to answer. A page that asks the same question again and again, only about another record, prepares it:
the SQL is kept for each language and database, and the values are filled in. What the database answers is never kept.
"""

from functools import lru_cache

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.sqlite3.base import FORMAT_QMARK_REGEX, SQLiteCursorWrapper
from django.db.models import Value
from django.db.models.query import get_related_populators

from publishing.gather import Gathering
from publishing.languages import current_language

SHAPES = 500  # the number of queries whose SQL is kept


class Parameter(Value):
    """A value that is filled in when the prepared query is asked: Parameter("city", IntegerField())."""

    def as_sql(self, compiler, connection):
        return "%s", [self]

    def __hash__(self):
        return hash((type(self), self.value))

    def __eq__(self, other):
        return isinstance(other, Parameter) and self.value == other.value


class ConvertedCursor(SQLiteCursorWrapper):
    """Keeps the spelling of parameters that SQLite knows, too: to look for them in a long query takes a while."""

    def convert_query(self, query, *, param_names=None):
        return with_question_marks(query)


@lru_cache(maxsize=SHAPES)
def with_question_marks(query):
    return FORMAT_QMARK_REGEX.sub("?", query).replace("%%", "%")


class Prepared:
    """The SQL of a queryset that gives rows by `values()` or `values_list()`."""

    def __init__(self, queryset, using):
        query = queryset.query
        self.using = using
        self.compiler = query.get_compiler(using)
        self.sql, self.params = self.compiler.as_sql()
        self.converters = self.compiler.get_converters(
            [column for column, _sql, _alias in self.compiler.select]
        )
        self.names = list(query.selected or [*query.values_select, *query.annotation_select])

    def rows(self, values):
        """The rows as tuples, with the values filled in for the parameters."""
        params = [values[param.value] if isinstance(param, Parameter) else param for param in self.params]
        connection = connections[self.using]
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                from django.db.backends.postgresql.base import ServerBindingCursor

                # This cursor leaves the values to the server, which then plans a query once for each connection.
                cursor.cursor = ServerBindingCursor(connection.connection)
            elif connection.vendor == "sqlite":
                cursor.cursor = connection.connection.cursor(factory=ConvertedCursor)
            cursor.execute(self.sql, params)
            rows = cursor.fetchall()
        return self.compiler.apply_converters(rows, self.converters) if self.converters else rows

    def records(self, values):
        """The records that the queryset asks for, with those that it selects along with them and its annotations.

        The same steps as those of Django's ModelIterable, with SQL that is there already.
        """
        compiler = self.compiler
        model = compiler.klass_info["model"]
        fields = compiler.klass_info["select_fields"]
        start, end = fields[0], fields[-1] + 1
        names = [column.target.attname for column, _sql, _alias in compiler.select[start:end]]
        populators = get_related_populators(compiler.klass_info, compiler.select, self.using)
        for row in self.rows(values):
            record = model.from_db(self.using, names, row[start:end])
            for populator in populators:
                populator.populate(row, record)
            for name, position in compiler.annotation_col_map.items():
                setattr(record, name, row[position])
            yield record


kept = {}


def keep(key, using, make):
    """What `make` makes, made once for each key, language and database. Without a key it is made anew."""
    if key is None:
        return make()
    place = key, current_language(), using
    made = kept.get(place)
    if made is None:
        if len(kept) >= SHAPES:
            kept.clear()
        made = kept[place] = make()
    return made


def ask(key, build, using=DEFAULT_DB_ALIAS, **values):
    """The rows, as dicts, of the queryset that `build()` makes; the values take the place of its parameters.

    The SQL is kept under the key, which must tell all shapes of the query apart; None keeps nothing.
    """
    query = keep(key, using, lambda: Prepared(build(), using))
    return [dict(zip(query.names, row, strict=True)) for row in query.rows(values)]


def ask_record(key, build, using=DEFAULT_DB_ALIAS, **values):
    """The one record of the queryset that `build()` makes, or None."""
    query = keep(key, using, lambda: Prepared(build(), using))
    return next(query.records(values), None)


def ask_lists(key, build, using=DEFAULT_DB_ALIAS, **values):
    """The same for what `gather` takes: `build()` gives the lists by name."""

    def make():
        gathering = Gathering(build())
        return gathering, Prepared(gathering.queryset, using)

    gathering, query = keep(key, using, make)
    return gathering.spread(query.rows(values))
