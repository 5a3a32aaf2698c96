"""The files of the graph of the whole content, compared with the plain files that it was imported from."""

import networkx as nx
import pytest

from tests.networks.test_graph import FILES, opened
from tests.networks.webs import graph_of, members_in_files

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("content")]


@pytest.mark.parametrize("extension", FILES)
def test_the_files_of_the_whole_content_are_those_of_the_plain_files(client, extension):
    members = {key: actors for key, actors in members_in_files().items() if key.startswith("network:")}
    expected = graph_of(members)

    found = opened(client, extension)

    assert found.number_of_nodes() == expected.number_of_nodes()
    assert found.number_of_edges() == expected.number_of_edges()
    assert nx.utils.graphs_equal(nx.Graph(found.edges), nx.Graph(expected.edges))
