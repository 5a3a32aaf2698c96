"""The index in the site's own database, as modelsearch keeps it: FTS5 in SQLite, vectors in PostgreSQL.

modelsearch gives the tables, the columns and the way of writing a query. Ours is what is done with them: a document
has the same primary key in the index as in its own table, and a search asks for nothing but the keys that match, as
one text. Tens of thousands of rows would take longer to fetch than to find.
"""

from django.db import connection
from django.db.models import Aggregate, CharField, F, TextField, Value
from modelsearch.models import IndexEntry
from modelsearch.utils import get_content_type_pk

BATCH = 500


class Keys(Aggregate):
    """The numbers of a column as one text: "3,17,18"."""

    output_field = TextField()
    function = "GROUP_CONCAT"

    def as_postgresql(self, compiler, connection, **context):
        template = "STRING_AGG(%(expressions)s::text, ',')"
        return self.as_sql(compiler, connection, template=template, **context)


class InDatabase:
    """What both databases do alike; `index_class` makes the columns, `entries` finds them."""

    def keys(self, asked):
        """The keys of the documents that match, as texts "3,17,18": {name: keys} for {name: (column, query)}.

        The columns are those of the index: title, body, autocomplete. One query of the database.
        """
        first, *others = (
            self.entries(column, query)
            .order_by()
            .annotate(name=Value(name, CharField()))
            .values("name")
            .annotate(keys=Keys(F("pk")))
            .values_list("name", "keys")
            for name, (column, query) in asked.items()
        )
        return dict(first.union(*others, all=True) if others else first)

    def forget(self, keys):
        """Take documents out of the index."""
        IndexEntry.objects.filter(pk__in=keys)._raw_delete(connection.alias)


class Index:
    """Writes documents that are not in the index yet, whole batches at once."""

    def add_items(self, model, documents):
        content_type = get_content_type_pk(model)
        IndexEntry.objects.bulk_create(
            [
                IndexEntry(
                    pk=document.pk,
                    content_type_id=content_type,
                    object_id=str(document.pk),
                    title=self.column(document.title()),
                    body=self.column(document.body()),
                    autocomplete=self.column(document.beginnings()),
                )
                for document in documents
            ],
            batch_size=BATCH,
        )


def sqlite(params):
    from modelsearch.backends.database.sqlite import sqlite as library
    from modelsearch.backends.database.sqlite.query import MatchExpression
    from modelsearch.models import SQLiteFTSIndexEntry

    from search.models import Document

    class SQLiteIndex(Index, library.SQLiteIndex):
        def column(self, tokens):
            return tokens

    class SearchBackend(InDatabase, library.SQLiteSearchBackend):
        index_class = SQLiteIndex

        def entries(self, column, query):
            kind = (
                self.autocomplete_query_compiler_class
                if column == "autocomplete"
                else self.query_compiler_class
            )
            compiler = kind(Document.objects.all(), query)
            match = MatchExpression([column], compiler.build_search_query(query))
            return SQLiteFTSIndexEntry.objects.filter(match)

    return SearchBackend(params)


def postgresql(params):
    from django.contrib.postgres.search import SearchVector
    from modelsearch.backends.database.postgres import postgres as library

    from search.models import Document

    class PostgresIndex(Index, library.PostgresIndex):
        def column(self, tokens):
            return SearchVector(Value(tokens, TextField()), config="simple")

    class SearchBackend(InDatabase, library.PostgresSearchBackend):
        index_class = PostgresIndex

        def entries(self, column, query):
            kind = (
                self.autocomplete_query_compiler_class
                if column == "autocomplete"
                else self.query_compiler_class
            )
            compiler = kind(Document.objects.all(), query)
            return IndexEntry.objects.filter(**{column: compiler.build_tsquery(query, config="simple")})

    return SearchBackend(params)


def SearchBackend(params):
    """The backend for the database of the site."""
    return (postgresql if connection.vendor == "postgresql" else sqlite)(params)
