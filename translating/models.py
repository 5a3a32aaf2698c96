"""Who works on what now."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

# A browser tells every half minute that somebody is there; after so long without a word nobody is.
SILENCE = timedelta(minutes=2)
# How long the texts of a file wait to be confirmed.
WAITING = timedelta(days=1)


class ClaimQuerySet(models.QuerySet):
    def live(self):
        """Claims of people who are there now."""
        return self.filter(seen_at__gt=timezone.now() - SILENCE)

    def on(self, kind, entry, language=""):
        """Live claims on an entry that matter in a language, the oldest first: those of that language, those of the
        entry's form, where every language is open; without a language all."""
        claims = self.live().filter(kind=kind, entry=entry)
        if language:
            claims = claims.filter(language__in=[language, ""])
        return claims.select_related("user").order_by("since", "pk")

    def renew(self, kind, entry, language, user):
        """Note that a person is at work on an entry: from now, or since they came if they were not silent meanwhile."""
        now = timezone.now()
        key = {"kind": kind, "entry": entry, "language": language, "user": user}
        if not self.live().filter(**key).update(seen_at=now):
            self.update_or_create(**key, defaults={"since": now, "seen_at": now})


class Claim(models.Model):
    """Somebody has an entry open: in the desk for one language, or in its form, where the language is empty."""

    kind = models.CharField(max_length=100)
    entry = models.BigIntegerField()
    language = models.CharField(max_length=2, blank=True, default="")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    since = models.DateTimeField()
    seen_at = models.DateTimeField(db_index=True)

    objects = ClaimQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "entry", "language", "user"], name="claim_once")
        ]

    def __str__(self):
        return f"{self.kind} {self.entry} {self.language}: {self.user}"

    @property
    def person(self):
        return self.user.get_full_name() or self.user.get_username()


class UploadQuerySet(models.QuerySet):
    def forget_old(self):
        """Delete what nobody has confirmed for a day."""
        return self.filter(created_at__lt=timezone.now() - WAITING).delete()


class Upload(models.Model):
    """The texts of a translator's file, read and checked, until the person confirms that they are written."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    language = models.CharField(max_length=2)
    name = models.CharField(max_length=200)
    units = models.JSONField()
    # Whether texts are wanted that the file calls unfinished.
    takes_unfinished = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)

    objects = UploadQuerySet.as_manager()

    class Meta:
        default_permissions = ()

    def __str__(self):
        return self.name
