"""Create a person who edits the content in the admin."""

import getpass
import os
import sys

from django.contrib.auth.models import Group, User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, transaction

from publishing.groups import EDITORS

PASSWORD_VARIABLE = "EDITOR_PASSWORD"  # noqa: S105


class Command(BaseCommand):
    help = (
        "Creates a person who edits the content in the admin. Asks for what is not given; a script gives the password "
        f"in the environment variable {PASSWORD_VARIABLE}."
    )

    def add_arguments(self, parser):
        parser.add_argument("--username", help="The name to sign in with.")
        parser.add_argument("--email", help="The e-mail address; may be empty.")

    def handle(self, *, username, email, **options):
        editors = self.editors()
        user = User(is_staff=True)
        self.fill(user, "username", username, "User name: ")
        self.fill(user, "email", email, "E-mail address (may be empty): ")
        user.set_password(self.password(user))
        with transaction.atomic():
            user.save()
            user.groups.add(editors)
        return f"{user.username} can sign in at /admin/ now and edit the content."

    def editors(self):
        try:
            return Group.objects.get(name=EDITORS)
        except (DatabaseError, Group.DoesNotExist):
            raise CommandError(
                "The database is not ready: run “make run” or “manage.py migrate” first."
            ) from None

    def fill(self, user, name, given, question):
        """Set a field of the user to what was given or is typed, asking until it is right."""
        while True:
            try:
                value = User._meta.get_field(name).clean(ask(question) if given is None else given, user)
                if name == "username" and User.objects.filter(username__iexact=value).exists():
                    raise ValidationError(f"There is a user “{value}” already. Nothing was changed.")
            except ValidationError as error:
                self.complain(error, can_ask_again=given is None)
            else:
                setattr(user, name, value)
                return

    def password(self, user):
        given = os.environ.get(PASSWORD_VARIABLE)
        while True:
            password = ask("Password: ", hidden=True) if given is None else given
            try:
                validate_password(password, user)
                if given is None and password != ask("Once more: ", hidden=True):
                    raise ValidationError("The two passwords differ.")
            except ValidationError as error:
                self.complain(error, can_ask_again=given is None)
            else:
                return password

    def complain(self, error, *, can_ask_again):
        if not can_ask_again:
            raise CommandError(" ".join(error.messages)) from None
        for message in error.messages:
            self.stderr.write(message)


def ask(question, *, hidden=False):
    """What the person at the terminal types."""
    if not sys.stdin.isatty():
        raise CommandError(
            f"Nobody is there to ask. Give --username, --email and the environment variable {PASSWORD_VARIABLE}."
        )
    try:
        return getpass.getpass(question) if hidden else input(question)
    except (EOFError, KeyboardInterrupt):
        raise CommandError("Nothing was changed.") from None
