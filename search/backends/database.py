"""The index in the site's own database, as modelsearch keeps it: FTS5 in SQLite, vectors in PostgreSQL.

modelsearch gives the tables, the columns and the way of writing a query. Ours is what is done with them: a document
has the same primary key in the index as in its own table, and a search asks for nothing but the keys that match, as
one text. Tens of thousands of rows would take longer to fetch than to find.
"""

from django.db import connection
from django.db.models import Aggregate, CharField, F, TextField, Value
from modelsearch.models import IndexEntry
from modelsearch.utils import get_content_type_pk

from search.models import Document

BATCH = 500


class InDatabase:
    """What both databases do alike."""

    def compiler(self, column, query):
        """What of modelsearch writes a query for the database; while somebody types, the last word is a beginning."""
        is_begun = column == "autocomplete"
        kind = self.autocomplete_query_compiler_class if is_begun else self.query_compiler_class
        return kind(Document.objects.all(), query)

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

    class Keys(Aggregate):
        output_field = TextField()
        function = "GROUP_CONCAT"

    class SQLiteIndex(Index, library.SQLiteIndex):
        def column(self, tokens):
            return tokens

    class SearchBackend(InDatabase, library.SQLiteSearchBackend):
        index_class = SQLiteIndex

        def keys(self, asked):
            first, *others = (
                SQLiteFTSIndexEntry.objects.filter(self.match(column, query))
                .order_by()
                .annotate(name=Value(name, CharField()))
                .values("name")
                .annotate(keys=Keys(F("pk")))
                .values_list("name", "keys")
                for name, (column, query) in asked.items()
            )
            return dict(first.union(*others, all=True) if others else first)

        def match(self, column, query):
            return MatchExpression([column], self.compiler(column, query).build_search_query(query))

    return SearchBackend(params)


def postgresql(params):
    from django.contrib.postgres.search import SearchVector
    from modelsearch.backends.database.postgres import postgres as library

    class PostgresIndex(Index, library.PostgresIndex):
        def column(self, tokens):
            return SearchVector(Value(tokens, TextField()), config="simple")

    class SearchBackend(InDatabase, library.PostgresSearchBackend):
        index_class = PostgresIndex

        def keys(self, asked):
            parts, values = [], []
            for name, (column, query) in asked.items():
                sought, its_values = self.tsquery(column, query)
                parts.append(f"SELECT %s, search_keys_by_{column}({sought})")
                values += [name, *its_values]
            with connection.cursor() as cursor:
                cursor.execute(" UNION ALL ".join(parts), values)
                return dict(cursor.fetchall())

        def tsquery(self, column, query):
            """What is sought as SQL and its values."""
            sought = self.compiler(column, query).build_tsquery(query, config="simple")
            rows = IndexEntry.objects.none().query
            return rows.get_compiler(connection=connection).compile(sought.resolve_expression(rows))

    return SearchBackend(params)


def SearchBackend(params):
    """The backend for the database of the site.

    Its `keys(asked)` gives the keys of the documents that match, as texts "3,17,18": {name: keys} for
    {name: (column, query)}. The columns are those of the index: title, body, autocomplete. One query of the database.
    """
    return (postgresql if connection.vendor == "postgresql" else sqlite)(params)
