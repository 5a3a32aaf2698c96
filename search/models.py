"""What the search knows: one document for each public record, whatever its kind."""

from django.db import models
from modelsearch import index

from search import tokens

FOREVER = 2**62


class Document(index.Indexed, models.Model):
    """A record as it can be found from one moment to another, made from it by `search.documents` and never changed.

    A record that changes gets a new document. So its primary key, which is that of its row in the index too, stands
    for the same facts as long as it exists, and whoever counts and sorts results may remember them.
    """

    key = models.CharField(max_length=50)  # "approaches.approach:12"
    kind = models.CharField(max_length=20)  # "approaches"
    # What results are filtered by, each several words: "PL DE", "housing", "en pl".
    countries = models.TextField(blank=True, default="")
    areas = models.TextField(blank=True, default="")
    languages = models.CharField(max_length=50, blank=True, default="")
    # Where it stands among results of the same worth (see `search.documents.place`).
    place = models.BigIntegerField()
    # From when until when it is true, in seconds: a record that is not public yet has a document already.
    since = models.BigIntegerField(default=0)
    until = models.BigIntegerField(default=FOREVER)
    # What is looked through: names and related names as pairs of a language, or None, and a text; texts by language.
    names = models.JSONField()
    texts = models.JSONField()
    related = models.JSONField()
    # Tokens of what the record stands for without naming it: its policy areas.
    marks = models.CharField(max_length=500, blank=True, default="")
    # What a result shows besides: the short name in its address, another name, a note, a date.
    shown = models.JSONField()
    # A digest of all this and of the way in which tokens are made, to see whether the document is still right.
    digest = models.CharField(max_length=32)

    search_fields = [
        index.SearchField("title"),
        index.SearchField("body"),
        index.AutocompleteField("beginnings"),
    ]
    # `search.indexing` keeps the index, in bulk and in the same transaction as the documents.
    search_auto_update = False

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["key", "since"], name="document_once")]

    def __str__(self):
        return self.key

    def title(self):
        """The tokens of its names."""
        own = self.marks if self.kind == "policy-areas" else ""
        return f"{tokens.of_names(self.names)} {own}".strip()

    def body(self):
        """The tokens of everything by which it can be found."""
        texts = [*self.names, *self.texts.items(), *self.related]
        return f"{tokens.of_texts(texts)} {self.marks}".strip()

    def beginnings(self):
        """The tokens of which the beginning of one suffices."""
        return tokens.of_beginnings(self.names)
