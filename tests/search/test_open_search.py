"""An OpenSearch server finds the same as the database: tried with a double that answers as the server's manual says."""

import sys
from types import ModuleType

import pytest
from modelsearch import backends

from search.finding import find, suggest
from search.query import parse
from tests.factories import make_approach, make_city, make_network

pytestmark = pytest.mark.django_db


class Indices:
    def __init__(self):
        self.made = []

    def exists(self, index):
        return index in self.made

    def create(self, index, body):
        self.made.append(index)

    def put_mapping(self, index, body):
        assert index in self.made

    def refresh(self, index):
        assert index in self.made


class OpenSearch:
    """A server that holds documents and understands the queries that modelsearch writes."""

    def __init__(self, **options):
        self.documents = {}
        self.indices = Indices()

    def search(self, index, body, **options):
        found = [key for key, document in self.documents.items() if matches(body["query"], document)]
        return {"hits": {"hits": [{"fields": {"pk": [key]}} for key in found]}}


def matches(query, document):
    ((kind, content),) = query.items()
    if kind == "bool":
        must, should = listed(content.get("must")), listed(content.get("should"))
        return all(matches(part, document) for part in must + listed(content.get("filter"))) and (
            not should or any(matches(part, document) for part in should)
        )
    if kind == "multi_match":
        return any(matches({"match": {name: content}}, document) for name in content["fields"])
    ((name, value),) = content.items()
    text = document[name] if isinstance(document[name], str) else " ".join(document[name])
    wanted = value["query"] if isinstance(value, dict) else value
    if kind == "match_phrase":
        return f" {wanted} " in f" {text} "
    if name.endswith("_edgengrams"):
        return all(any(token.startswith(word) for token in text.split()) for word in wanted.split())
    return set(wanted.split()) <= set(text.split())


def listed(value):
    return value if isinstance(value, list) else [value] if value else []


def bulk(server, actions, index, **options):
    for action in actions:
        if action.get("_op_type") == "delete":
            server.documents.pop(action["_id"], None)
        else:
            server.documents[action["_id"]] = action


@pytest.fixture
def server(monkeypatch):
    """The double in the place of the client, and one backend that talks to it for the whole test."""
    client, helpers = ModuleType("opensearchpy"), ModuleType("opensearchpy.helpers")
    client.OpenSearch, client.NotFoundError, helpers.bulk = OpenSearch, KeyError, bulk
    before = set(sys.modules)
    monkeypatch.setitem(sys.modules, "opensearchpy", client)
    monkeypatch.setitem(sys.modules, "opensearchpy.helpers", helpers)
    backend = backends.get_search_backend("search.backends.open_search", URLS=["http://search.example:9200"])
    for place in ["search.finding", "search.indexing"]:
        monkeypatch.setattr(f"{place}.get_search_backend", lambda: backend)
    yield backend.es
    for name in set(sys.modules) - before:
        if "open_search" in name or "opensearch" in name:
            del sys.modules[name]


def titles(text):
    return [str(result.title) for result in find(parse(text)).results]


def test_a_server_finds_what_the_database_finds(server):
    make_city("Harbour")
    make_city("Safe Harbour")
    make_approach("A safe place in the harbour", summary="Elsewhere")
    make_network("Lighthouses", summary="Cities with a harbour")

    assert titles("harbours") == [
        "Harbour",
        "Safe Harbour",
        "A safe place in the harbour",
        "Lighthouses",
    ]
    assert titles('"safe harbour"') == ["Safe Harbour"]
    assert titles("harbour -safe") == ["Harbour", "Lighthouses"]
    assert [str(result.title) for result in suggest("harb")][:2] == ["Harbour", "Safe Harbour"]


def test_a_server_follows_changes(server):
    city = make_city("Harbour")
    assert titles("harbour") == ["Harbour"]

    city.local_name = "Lighthouse"
    city.save()
    assert (titles("harbour"), titles("lighthouse")) == ([], ["Lighthouse"])

    city.delete()
    assert titles("lighthouse") == []
