"""What every public record shares: publication, an address, an alphabetical place, searchable words, sources."""

from functools import partial
from itertools import chain, count

from django.db import models, transaction
from django.db.models.constants import LOOKUP_SEP
from django.db.models.functions import Coalesce, Now
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from publishing import pictures, words
from publishing.fields import AddressField, PartialDateField
from publishing.languages import LANGUAGES, current_language, in_language, translated_fields
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


class PublishedQuerySet(models.QuerySet):
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


class Sorted(models.Model):
    """A record that has its place in an alphabetical list of each language."""

    sort_name = models.CharField(max_length=200, editable=False, blank=True, default="", db_index=True)

    # The translated field that names the record.
    name_field = "name"

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


class Publishable(models.Model):
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

    @property
    def languages(self):
        """The languages in which the record really exists: those of the text that makes its page worth reading."""
        return [
            language for language in LANGUAGES if getattr(self, in_language(self.main_text_field, language))
        ]

    @property
    def main_text_field(self):
        """The name of that text: the summary where there is one."""
        names = translated_fields(type(self))
        return next(name for name in ("summary", "body", "title", "name") if name in names)


class Picture(models.Model):
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
    width = models.PositiveIntegerField(_("width"), editable=False)
    height = models.PositiveIntegerField(_("height"), editable=False)
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
        return self.slug

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

    def take(self, original, name=""):
        """Show the picture of an accepted file (`pictures.accept`); a name for it, should it have none."""
        self.replaced = self.digest
        self.accepted = original
        self.digest, self.format = original.digest, original.format
        self.width, self.height = original.width, original.height
        self.slug = self.slug or self.free_slug(slugify(name))

    def free_slug(self, wanted):
        """A short name that no other picture has: "harbour", "harbour-2"."""
        wanted = (wanted or self.digest)[:90]
        taken = set(Picture.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
        names = chain([wanted], (f"{wanted}-{number}" for number in count(2)))
        return next(name for name in names if name not in taken)

    @property
    def files(self):
        return pictures.Files(self.digest, self.width, self.height)


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


class ImportedEntry(models.Model):
    """What an entry of a content file was like when it was imported, so that an editor's later work is noticed."""

    file = models.CharField(max_length=100)
    key = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["file", "key"], name="imported_entry_once")]

    def __str__(self):
        return f"{self.file}: {self.key}"
