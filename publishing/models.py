"""What every public record shares: publication, an address, an alphabetical place, searchable words, sources."""

from functools import partial
from itertools import chain, count
from typing import NamedTuple

from django.conf import settings
from django.db import models, transaction
from django.db.models.constants import LOOKUP_SEP
from django.db.models.functions import Coalesce, Now
from django.db.models.signals import post_delete
from django.dispatch import Signal, receiver
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from publishing import pictures, words
from publishing.fields import AddressField, PartialDateField
from publishing.languages import (
    LANGUAGES,
    Localized,
    current_language,
    in_language,
    reading_order,
    text_of,
    translated_fields,
)
from publishing.sorting import sort_key
from publishing.text import teaser


def public_along(model, path):
    """The condition that each record on the way along a relation is public: "memberships__network"."""
    condition = models.Q()
    prefix = ""
    for step in path.split(LOOKUP_SEP):
        relation = model._meta.get_field(step)
        model = relation.related_model
        prefix += step + LOOKUP_SEP
        if issubclass(model, Publishable):
            # What the relation comes from is public already: an approach of a public city need not ask for its city.
            condition &= model.public(prefix, apart_from=relation.remote_field.name)
    return condition


# Sent when records change without being saved one by one: with their model as sender, and their primary keys.
updated_in_bulk = Signal()


class PublishedQuerySet(models.QuerySet):
    def update(self, **values):
        """The same as ever, and those who follow the records learn which have changed."""
        keys = list(self.order_by().values_list("pk", flat=True))
        number = super().update(**values)
        updated_in_bulk.send(self.model, keys=keys)
        return number

    update.alters_data = True

    def published(self):
        return self.filter(self.model.public())

    def publish(self):
        """Make drafts public: now, or on the date that each one has already."""
        date = Coalesce("published_at", models.Value(timezone.now(), models.DateTimeField()))
        return self.update(status=Publishable.Status.PUBLISHED, published_at=date)

    def archive(self):
        return self.update(status=Publishable.Status.ARCHIVED)

    def matching(self, text):
        """Records that contain each word of the text, however inflected or accented, in any language."""
        records = self
        for beginnings in words.sought(text):
            condition = models.Q()
            for beginning in beginnings:
                condition |= models.Q(search_text__contains=f" {beginning}")
            records = records.filter(condition)
        return records

    def alphabetically(self):
        """In the order that readers of the current language expect."""
        return self.order_by("sort_name", "pk")


class Edit(NamedTuple):
    """How a record is being saved: by whom, and what that means for its translations."""

    user: object = None  # nobody: an import, a command
    minor: bool = False  # what has changed in the original leaves its translations valid
    machine: bool = False  # a machine wrote the translations that have changed


class Translated(models.Model):
    """A record with texts in several languages, one of them the original of the others.

    What state its translations are in is written down whenever it is saved (see `publishing.translations`).
    """

    original_language = models.CharField(
        _("original language"),
        max_length=2,
        choices=settings.LANGUAGES,
        default=settings.LANGUAGE_CODE,
        help_text=_("The language in which the texts are written first; the others are translated from it."),
    )
    # What readers have to be told of single texts, so that a page need not ask for it (see `publishing.notes`).
    notes = models.TextField(editable=False, blank=True, default="")

    # Set it before saving: record.edit = Edit(user, minor=True). It holds for one time.
    edit = Edit()

    # The reference to the record in whose form and page this one belongs: "profile".
    part_of = ""
    # The way to its country, if it has one: "city__country".
    country_path = ""
    # Texts that need not be there in each language: a name that is the same as the official one.
    complete_without = []
    # The translated field that names the record.
    name_field = "name"

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        if self._state.adding:
            self.original_language = self.first_language()
        with transaction.atomic(savepoint=False):
            super().save(*args, **kwargs)
        self.edit = Edit()

    def first_language(self):
        """The original language of a new record: as given, or as its owner's, unless it is written in others only."""
        given = getattr(self, self.part_of).original_language if self.part_of else self.original_language
        if self.main_text_field in self.complete_without:
            return given
        written = [language for language in reading_order(given) if self.main_text(language)]
        return next(iter(written), given)

    @classmethod
    def name_expression(cls):
        """The record's name in the reader's language, as a database expression."""
        return Localized(cls.name_field)

    def main_text(self, language):
        """The text that makes the record's page worth reading, in one language."""
        return getattr(self, in_language(self.main_text_field, language))

    @property
    def languages(self):
        """The languages in which the record really exists: those of its main text."""
        return [language for language in LANGUAGES if self.main_text(language)]

    @property
    def main_text_field(self):
        """The name of the main text: the summary where there is one."""
        names = translated_fields(type(self))
        return next((name for name in ("summary", "body", "title", "name") if name in names), names[0])


class Sorted(Translated):
    """A record that has its place in an alphabetical list of each language."""

    sort_name = models.CharField(max_length=200, editable=False, blank=True, default="", db_index=True)

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        self.remember()
        if (fields := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*fields, *self.remembered_fields()}
        super().save(*args, **kwargs)

    def remember(self):
        """Derive what the database keeps for sorting and searching from what editors write."""
        for language in LANGUAGES:
            setattr(self, in_language("sort_name", language), sort_key(self.name_in(language), language))

    @classmethod
    def remembered_fields(cls):
        """The names of the fields that `remember` fills."""
        return [in_language("sort_name", language) for language in LANGUAGES]

    def name_in(self, language):
        """The record's name in a language, or in the first language that has one."""
        names = [getattr(self, in_language(self.name_field, code)) for code in (language, *LANGUAGES)]
        return next(filter(None, names), "")


class Publishable(Translated):
    """A record that the public sees once it is published and its date has passed."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        REVIEW = "review", _("In review")
        PUBLISHED = "published", _("Published")
        ARCHIVED = "archived", _("Archived")

    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT)
    published_at = models.DateTimeField(
        _("public from"), null=True, blank=True, help_text=_("A date in the future: public from then on.")
    )
    updated_at = models.DateTimeField(_("last changed"), auto_now=True)

    objects = PublishedQuerySet.as_manager()

    # References without which the record cannot be shown: an approach is public only if its city is.
    shown_with = []

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        if self.status == self.Status.PUBLISHED and self.published_at is None:
            self.published_at = timezone.now()
            if (fields := kwargs.get("update_fields")) is not None:
                kwargs["update_fields"] = {*fields, "published_at"}
        super().save(*args, **kwargs)

    @classmethod
    def public(cls, prefix="", apart_from=None):
        """The condition that such a record is public now; the prefix leads to it from another one: "network__"."""
        condition = models.Q(**{f"{prefix}status": cls.Status.PUBLISHED, f"{prefix}published_at__lte": Now()})
        for name in cls.shown_with:
            if name == apart_from:
                continue
            condition &= cls._meta.get_field(name).related_model.public(f"{prefix}{name}{LOOKUP_SEP}")
        return condition

    def is_public(self):
        """Whether the record itself is public now."""
        return (
            self.status == self.Status.PUBLISHED
            and self.published_at is not None
            and self.published_at <= timezone.now()
        )


class Picture(Translated):
    """A photograph or drawing, with what readers have to know about it. One can belong to several records.

    Its files lie under the digest of their content (see `publishing.pictures`), so that no address ever changes what
    it shows.
    """

    slug = AddressField(
        verbose_name=_("short name"),
        blank=True,
        error_messages={"unique": _("Another picture has this short name already.")},
        help_text=_("By which content files name the picture; empty: taken from the name of the file."),
    )
    digest = models.CharField(max_length=32, editable=False, db_index=True)
    format = models.CharField(max_length=4, choices=pictures.Format, editable=False)
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    alt = models.CharField(
        _("alternative text"),
        max_length=300,
        help_text=_("What the picture shows, for those who cannot see it."),
    )
    caption = models.CharField(
        _("caption"), max_length=500, blank=True, help_text=_("What readers learn below the picture.")
    )
    credit = models.CharField(_("credit"), max_length=200, help_text=_("Who made it."))
    licence = models.CharField(
        _("licence"), max_length=200, help_text=_("Under what terms it may be shown: CC BY-SA 4.0.")
    )
    licence_url = models.URLField(_("address of the licence"), max_length=500, blank=True, default="")
    url = models.URLField(
        _("address of the picture"),
        max_length=500,
        blank=True,
        default="",
        help_text=_("Where it comes from."),
    )

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        ordering = ["-pk"]

    def __str__(self):
        alt = text_of(self, "alt")
        return alt.value if alt else self.slug

    main_text_field = "alt"

    # An accepted file, to be written when the record is; and the digest of the one that it replaces.
    accepted = None
    replaced = ""

    def save(self, *args, **kwargs):
        super().save(*args, **kwargs)
        # Making the smaller versions takes seconds, in which nobody else should wait for the database.
        if self.accepted:
            transaction.on_commit(partial(pictures.write, self.accepted))
        if self.replaced not in ("", self.digest):
            transaction.on_commit(partial(forget_files, self.replaced))
        self.accepted, self.replaced = None, ""

    @classmethod
    def name_expression(cls):
        return models.F("slug")

    def take(self, original, name=""):
        """Show the picture of an accepted file (`pictures.accept`); a name for it, should it have none."""
        self.replaced = self.digest
        self.accepted = original
        self.digest, self.format = original.digest, original.format
        self.width, self.height = original.width, original.height
        self.slug = self.slug or self.free_slug(slugify(name.replace("_", " ")))

    def free_slug(self, wanted):
        """A short name that no other picture has: "harbour", "harbour-2"."""
        wanted = wanted[:90].strip("-") or self.digest
        taken = set(Picture.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
        names = chain([wanted], (f"{wanted}-{number}" for number in count(2)))
        return next(name for name in names if name not in taken)

    @property
    def files(self):
        return pictures.Files(self.digest, self.width, self.height)

    def stored_original(self):
        """The file that was accepted, as it lies in the storage; None if it is lost."""
        content = pictures.read(self.digest, self.format)
        return content and pictures.Original(content, self.format, self.width, self.height)


@receiver(post_delete, sender=Picture)
def forget_picture(instance, **options):
    transaction.on_commit(partial(forget_files, instance.digest))


def forget_files(digest):
    """Delete the files of a picture, unless another entry shows the same ones."""
    if not Picture.objects.filter(digest=digest).exists():
        pictures.delete(digest)


class Pictured(models.Model):
    """A record that can have a picture on its page. Lists do not ask for it unless they show it."""

    picture = models.ForeignKey(Picture, models.PROTECT, null=True, blank=True, verbose_name=_("picture"))

    class Meta:
        abstract = True


class Entry(Pictured, Publishable, Sorted):
    """A public record with a page of its own: an address, a place in the alphabet, words to be found by."""

    slug = AddressField()
    search_text = models.TextField(editable=False, blank=True, default="")

    # Texts that the text filter looks through, besides the name.
    search_fields = []
    # The text whose beginning lists show; a record that names one has a translated field `teaser` for it.
    teaser_of = ""

    class Meta:
        abstract = True

    def __str__(self):
        return self.name_in(current_language())

    def save(self, *args, **kwargs):
        former = (
            type(self).objects.filter(pk=self.pk).values("slug", "published_at").first() if self.pk else None
        )
        super().save(*args, **kwargs)
        if former and former["published_at"] and former["slug"] != self.slug:
            FormerSlug.objects.update_or_create(
                kind=self._meta.label_lower, slug=former["slug"], defaults={"record": self.pk}
            )

    def remember(self):
        super().remember()
        self.search_text = words.searchable(self.searchable_texts())
        if self.teaser_of:
            for language in LANGUAGES:
                text = getattr(self, in_language(self.teaser_of, language))
                setattr(self, in_language("teaser", language), teaser(text))

    @classmethod
    def remembered_fields(cls):
        teasers = [in_language("teaser", language) for language in LANGUAGES] if cls.teaser_of else []
        return [*super().remembered_fields(), "search_text", *teasers]

    def searchable_texts(self):
        """Pairs of language and text for the text filter."""
        names = translated_fields(type(self))
        for field in (self.name_field, *self.search_fields):
            if field in names:
                yield from ((language, getattr(self, in_language(field, language))) for language in LANGUAGES)
            else:
                yield None, getattr(self, field)


class FormerSlug(models.Model):
    """An address that a published record had before; it leads to the record for good."""

    kind = models.CharField(max_length=100)
    slug = models.SlugField(max_length=100)
    record = models.BigIntegerField()

    class Meta:
        verbose_name = _("former address")
        verbose_name_plural = _("former addresses")
        constraints = [
            models.UniqueConstraint(fields=["kind", "slug"], name="former_slug_leads_to_one_record")
        ]

    def __str__(self):
        return f"{self.kind} {self.slug}"


class Source(models.Model):
    """Where a statement comes from. Each kind of record has its own table of sources, numbered from 1 on its page."""

    position = models.PositiveSmallIntegerField(_("number"), default=0, editable=False)
    title = models.CharField(_("title"), max_length=300)
    publisher = models.CharField(_("publisher"), max_length=200, blank=True, default="")
    url = models.URLField(_("address"), max_length=500, blank=True, default="")
    date = PartialDateField(_("date"), blank=True, default="")

    class Meta:
        abstract = True
        ordering = ["position", "pk"]
        verbose_name = _("source")
        verbose_name_plural = _("sources")

    def __str__(self):
        return self.title


# What a page shows of its sources, for `gather`.
SOURCE_COLUMNS = {"title": "title", "publisher": "publisher", "url": "url", "date": "date"}


class FormerOriginal(models.Model):
    """What an original text was like before it changed, kept as long as a translation rests upon it."""

    kind = models.CharField(max_length=100)
    record = models.BigIntegerField()
    field = models.CharField(max_length=50)
    text = models.TextField()
    changed_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["kind", "record"], name="former_original_of_record")]

    def __str__(self):
        return f"{self.kind} {self.record} {self.field}"


class Translation(models.Model):
    """The state of one text of a record in one language other than that of its original.

    There is a row wherever the original has text, so for what is missing as well. `publishing.translations` writes
    them; the texts themselves are columns of the record.
    """

    class State(models.TextChoices):
        MISSING = "missing", pgettext_lazy("translation", "missing")
        CURRENT = "current", pgettext_lazy("translation", "up to date")
        OUTDATED = "outdated", pgettext_lazy("translation", "outdated")
        MACHINE = "machine", pgettext_lazy("translation", "by machine, not yet checked")

    kind = models.CharField(max_length=100)  # "cities.takeaway"
    record = models.BigIntegerField()
    field = models.CharField(max_length=50)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    # The record in whose form it is edited and listed: itself, or the profile of a takeaway.
    entry_kind = models.CharField(max_length=100)
    entry = models.BigIntegerField()
    state = models.CharField(max_length=10, choices=State)
    # Written by a machine, and neither approved nor rewritten by a person. An outdated text can be that, too.
    is_machine = models.BooleanField(default=False)
    original_changed_at = models.DateTimeField()
    translated_at = models.DateTimeField(null=True, blank=True)
    translated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # Of a text by a machine: who answers for it.
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # The original that an outdated translation was made from; it goes when nothing rests on it any more.
    rests_on = models.ForeignKey(
        FormerOriginal, models.DO_NOTHING, null=True, blank=True, related_name="translations"
    )

    class Meta:
        default_permissions = ()
        permissions = [
            ("translate", "Can translate texts"),
            ("approve_translation", "Can translate into every language and approve what a machine wrote"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["kind", "record", "field", "language"], name="translation_once")
        ]
        indexes = [
            models.Index(fields=["language", "state", "entry_kind", "entry"], name="translation_by_language"),
            models.Index(fields=["entry_kind", "entry", "language"], name="translation_of_entry"),
        ]

    def __str__(self):
        return f"{self.kind} {self.record} {self.field} {self.language}: {self.state}"

    @property
    def needs_note(self):
        """Whether readers of this text have to be told something about it."""
        return self.state == self.State.OUTDATED or self.is_machine

    def standing(self):
        """All that can change about the state, to compare."""
        return self.state, self.is_machine, self.original_changed_at, self.translated_at, self.rests_on_id

    def become_written(self, text, edit, moment):
        """The text is a new one, or there is none any more."""
        self.is_machine = bool(text) and edit.machine
        self.state = (
            (self.State.MACHINE if self.is_machine else self.State.CURRENT) if text else self.State.MISSING
        )
        self.translated_at = moment if text else None
        # Who asked a machine for a text has not translated it.
        self.translated_by = edit.user if text and not edit.machine else None
        self.approved_at = self.approved_by = self.rests_on = None

    def become_outdated(self, former):
        """The text rests upon a former original. Nobody answers any more for what a machine wrote."""
        self.state = self.State.OUTDATED
        self.rests_on = former
        self.is_machine = self.is_machine or self.approved_at is not None
        self.approved_at = self.approved_by = None

    def become_valid_again(self):
        """The original is what it was when the text was written."""
        self.state = self.State.MACHINE if self.is_machine else self.State.CURRENT
        self.rests_on = None


class Translator(models.Model):
    """The languages into which a person translates."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="translator")
    languages = models.JSONField(_("languages"), default=list)

    class Meta:
        default_permissions = ()
        verbose_name = _("translator")
        verbose_name_plural = _("translators")

    def __str__(self):
        return f"{self.user}: {' '.join(self.languages)}"


class Reading(models.Model):
    """How often the public page of an entry was read in a month; nothing about who read it."""

    kind = models.CharField(max_length=100)
    record = models.BigIntegerField()
    month = models.DateField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["kind", "record", "month"], name="reading_once")]

    def __str__(self):
        return f"{self.kind} {self.record} {self.month:%Y-%m}: {self.count}"


class ImportedEntry(models.Model):
    """What an entry of a content file was like when it was imported, so that an editor's later work is noticed."""

    file = models.CharField(max_length=100)
    key = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["file", "key"], name="imported_entry_once")]

    def __str__(self):
        return f"{self.file}: {self.key}"
