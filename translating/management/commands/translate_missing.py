"""Let the machine write what is missing in a language."""

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Q

from publishing.kinds import desk_kinds
from publishing.languages import LANGUAGES
from translating import machine


class Command(BaseCommand):
    help = (
        "Lets the machine named by MACHINE_TRANSLATION write the texts that a language lacks. Readers are told so "
        "until an editor has approved them."
    )

    def add_arguments(self, parser):
        parser.add_argument("--language", required=True, choices=LANGUAGES, help="Into which language.")
        parser.add_argument(
            "--kind",
            action="append",
            choices=desk_kinds(),
            metavar="KIND",
            help="Only this kind of record, with its parts, such as approaches.approach; may be given several times.",
        )
        parser.add_argument("--limit", type=int, help="At most so many texts.")

    def handle(self, *, language, kind, limit, **options):
        if machine.translator() is None:
            raise CommandError("Machine translation is off: set MACHINE_TRANSLATION (see .env.example).")
        states = machine.waiting(language)
        if kind:
            states = states.filter(Q(kind__in=kind) | Q(entry_kind__in=kind))
        try:
            writing = machine.write(states[:limit])
        except machine.Unavailable as error:
            raise CommandError(str(error)) from error
        for problem in writing.problems:
            self.stderr.write(problem)
        return f"{writing.written} texts are translated into {language} and wait to be approved."
