"""The pages about the directory itself, which editors write."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _

from publishing.fields import RichTextField
from publishing.languages import text_of
from publishing.models import Pictured, Publishable


class Page(Pictured, Publishable):
    """An editable page: about, data collection, imprint, privacy, accessibility."""

    name_field = "title"

    class Slug(models.TextChoices):
        ABOUT = "about", _("About")
        DATA_COLLECTION = "data-collection", _("Data collection")
        IMPRINT = "imprint", _("Imprint")
        PRIVACY = "privacy", _("Privacy")
        ACCESSIBILITY = "accessibility", _("Accessibility statement")

    slug = models.CharField(_("page"), max_length=20, choices=Slug, unique=True)
    title = models.CharField(_("title"), max_length=100)
    body = RichTextField(
        _("text"),
        help_text=_("{operator}, {operator_address} and {operator_email} stand for what the settings say."),
    )

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        ordering = ["pk"]

    def __str__(self):
        return str(self.title)

    def get_absolute_url(self):
        return reverse(f"pages:{self.slug.replace('-', '_')}")

    def text(self):
        """The body in the reader's language with the operator's name, address and e-mail filled in."""
        body = text_of(self, "body")
        if body is None:
            return None
        for token, value in {
            "{operator}": settings.OPERATOR_NAME,
            "{operator_address}": settings.OPERATOR_ADDRESS,
            "{operator_email}": settings.OPERATOR_EMAIL,
        }.items():
            body = body._replace(value=body.value.replace(token, escape(value)))
        return body
