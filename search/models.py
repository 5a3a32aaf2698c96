"""What the search knows: one document for each public record, whatever its kind; words, and what was not found."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelsearch import index

from publishing import words
from publishing.sorting import without_marks
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
    # What is looked through: names and related names as pairs of a language (see `tokens.of_text`) and a text; texts by
    # language.
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

    def spoken(self):
        """Its words for the vocabulary: rows of a language, or None, a text, and whether that is a name."""
        names = [(language, name, True) for language, name in self.names]
        return names + [(language, text, False) for language, text in self.texts.items()]

    def beginnings(self):
        """The tokens of which the beginning of one suffices."""
        return tokens.of_beginnings(self.names)


class Word(models.Model):
    """A word that documents have, in one language or, such as an acronym, in none; and how many have it."""

    key = models.CharField(max_length=50, primary_key=True)  # "pl:uchodźców"
    language = models.CharField(max_length=2, blank=True)
    # As a reader should see it, and without accents and capitals.
    written = models.CharField(max_length=50)
    folded = models.CharField(max_length=80, db_index=True)
    # "pl:uchodzc": a word that was typed is known if one of its forms is there.
    root = models.CharField(max_length=90, db_index=True)
    # By what a word with an error in it is found.
    head = models.CharField(max_length=2)
    tail = models.CharField(max_length=2)
    length = models.PositiveSmallIntegerField()
    is_name = models.BooleanField(default=False)
    documents = models.IntegerField(default=0)

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index(fields=["head", "length"], name="word_head"),
            models.Index(fields=["tail", "length"], name="word_tail"),
        ]

    def __str__(self):
        return self.key

    @classmethod
    def of(cls, language, word, written, is_name, documents=0):
        """A word in small letters with all that follows from how it is written."""
        folded = without_marks(word)
        return cls(
            key=cls.key_of(language, word),
            language=language,
            written=written,
            folded=folded,
            root=cls.root_of(word, language),
            head=folded[:2],
            tail=folded[-2:],
            length=len(folded),
            is_name=is_name,
            documents=documents,
        )

    @staticmethod
    def key_of(language, word):
        return f"{language}:{word}"

    @staticmethod
    def root_of(word, language):
        return f"{language}:{words.root(word, language) if language else without_marks(word)}"


class Miss(models.Model):
    """What was searched for and not found on a day, by readers of a language; nothing about who searched."""

    text = models.CharField(_("text"), max_length=60)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    day = models.DateField(_("day"))
    count = models.PositiveIntegerField(
        _("searches"), default=0, help_text=_("How often it was searched for on this day.")
    )
    results = models.PositiveIntegerField(
        _("results"), default=0, help_text=_("How many results the nearest words gave; 0 if there were none.")
    )

    class Meta:
        verbose_name = _("search without results")
        verbose_name_plural = _("searches without results")
        ordering = ["-day", "-count", "text"]
        default_permissions = ("view",)
        constraints = [models.UniqueConstraint(fields=["text", "language", "day"], name="miss_once")]
        indexes = [models.Index(fields=["day"], name="miss_day")]

    def __str__(self):
        return self.text
