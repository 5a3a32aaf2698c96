"""The file of commitments."""

from commitments.models import Commitment
from publishing.content.columns import SOURCES, Column, Reference, Rows, Translated
from publishing.content.files import YamlFile


class CommitmentFile(YamlFile):
    name = "commitments.yaml"
    model = Commitment
    fields = [
        Column("slug"),
        Translated("title"),
        Translated("summary"),
        Column("kind"),
        Column("submitter"),
        Rows("places", [Column("name"), Reference("country", by="code")]),
        Column("started"),
        Column("ended"),
        SOURCES,
    ]
    prefetch = ["places__country"]


files = [CommitmentFile()]
