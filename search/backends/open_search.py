"""The index in an OpenSearch server, by way of modelsearch; only the keys of what matches come back from there.

It needs the package opensearch-py. A search sees the first 10,000 documents that match, which is as many as the server
gives at once, and a beginning of a word of at most 15 characters: both are limits of its usual settings.
"""

from modelsearch.backends.opensearch3 import OpenSearch3Index, OpenSearch3SearchBackend

from search.models import Document

MOST = 10_000


class OpenSearchIndex(OpenSearch3Index):
    def add_items(self, model, documents):
        """Write documents and let them be found at once; an index that is not there yet is made first."""
        if not self.exists():
            self.put()
            self.add_model(model)
        super().add_items(model, documents)
        self.refresh()

    def forget(self, keys):
        actions = [{"_op_type": "delete", "_id": str(key)} for key in keys]
        self.backend.bulk(self.es, actions, index=self.name, raise_on_error=False)
        self.refresh()


class SearchBackend(OpenSearch3SearchBackend):
    index_class = OpenSearchIndex

    def keys(self, asked):
        """The keys of the documents that match, as texts "3,17,18": {name: keys} for {name: (column, query)}."""
        return {name: ",".join(self.keys_of(column, query)) for name, (column, query) in asked.items()}

    def keys_of(self, column, query):
        if column == "autocomplete":
            compiler = self.autocomplete_query_compiler_class(
                Document.objects.all(), query, fields=["beginnings"]
            )
        else:
            compiler = self.query_compiler_class(Document.objects.all(), query, fields=[column])
        found = self.es.search(
            index=self.get_index_for_model(Document).name,
            body={"query": compiler.get_query(), "sort": "_doc"},
            _source=False,
            stored_fields="pk",
            size=MOST,
        )
        return [hit["fields"]["pk"][0] for hit in found["hits"]["hits"]]

    def forget(self, keys):
        """Take documents out of the index."""
        index = self.get_index_for_model(Document)
        if keys and index.exists():
            index.forget(keys)
