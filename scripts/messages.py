"""Gather the texts to translate into locale/, or check them: python -m scripts.messages [--check]

Needs GNU gettext. Every language has a file, English too: there each text stands for itself.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import django
from babel.messages.pofile import read_po
from django.conf import settings
from django.core.management import call_command
from django.core.management.commands import makemessages

ROOT = Path(__file__).resolve().parent.parent
WITHOUT_TEXTS = [
    ".git",
    ".venv",
    "benchmarks",
    "docs",
    "fixtures",
    "node_modules",
    "scripts",
    "static",
    "tests",
    "var",
]

HEADER = """\
# The texts of Moving Cities.
# This file is distributed under the same license as Moving Cities.
#
msgid ""
msgstr ""
"Project-Id-Version: Moving Cities\\n"
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plural_forms};\\n"
"""


class Command(makemessages.Command):
    # The path words of urls.py are marked with pgettext_lazy under the name of word.
    xgettext_options = [*makemessages.Command.xgettext_options, "--keyword=word:1c,2"]
    # A guessed translation is worse than a missing one: it looks finished.
    msgmerge_options = [*makemessages.Command.msgmerge_options, "--no-fuzzy-matching"]


def languages():
    return [code for code, _name in settings.LANGUAGES]


def texts_file(language, root=ROOT):
    return root / "locale" / language / "LC_MESSAGES" / "django.po"


def read(path):
    with path.open("rb") as file:
        return read_po(file)


def gather(root):
    """Write the texts found under a folder into its locale/."""
    for language in languages():
        path = texts_file(language, root)
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(HEADER.format(language=language, plural_forms=django_plural_forms(language)))
    os.chdir(root)
    call_command(
        Command(),
        locale=languages(),
        ignore_patterns=WITHOUT_TEXTS,
        add_location="file",
        no_obsolete=True,
        verbosity=0,
    )
    for language in languages():
        path = texts_file(language, root)
        if language == settings.LANGUAGE_CODE:
            subprocess.run(["msgen", "--add-location=file", "-o", path, path], check=True)
        # A date would make each run a change.
        path.write_text(re.sub(r'"POT-Creation-Date:.*\n', "", path.read_text()))


def plural_forms(path):
    header = path.read_text().replace('"\n"', "")
    return re.search(r"Plural-Forms: *(.+?);?\\n", header)[1]


def django_plural_forms(language):
    """Django combines our texts with its own, so both must count alike."""
    return plural_forms(texts_file(language, Path(django.__file__).parent / "conf"))


def entries(catalogue):
    return {(message.context, message.id): message for message in catalogue if message.id}


def untranslated(catalogue):
    """The messages that lack a translation, or one of its plural forms."""
    return [m for m in catalogue if not all([m.string] if isinstance(m.string, str) else m.string)]


def describe(message):
    context, text = message.context, message.id
    return f"“{text if isinstance(text, str) else text[0]}”" + (f" ({context})" if context else "")


def flaws_of(language):
    """What is wrong in one language's file, a line each."""
    catalogue = read(texts_file(language))
    for message in untranslated(catalogue):
        yield f"not translated: {describe(message)}"
    for message in catalogue:
        if message.id and message.fuzzy:
            yield f"not confirmed (fuzzy): {describe(message)}"
    for message in catalogue.obsolete.values():
        yield f"no longer used: {describe(message)}"

    if plural_forms(texts_file(language)) != (expected := django_plural_forms(language)):
        yield f"plural forms must be: {expected}"

    # Placeholders such as %(count)s must be the same in text and translation.
    command = ["msgfmt", "--check-format", "--check-domain", "-o", os.devnull, texts_file(language)]
    yield from subprocess.run(command, capture_output=True, text=True).stderr.splitlines()


def differences(language, copy):
    """What gathering the texts again would change, a line each."""
    known, found = entries(read(texts_file(language))), entries(read(texts_file(language, copy)))
    for entry in found.keys() - known.keys():
        yield f"missing, run make messages: {describe(found[entry])}"
    for entry in known.keys() - found.keys():
        yield f"no longer used, run make messages: {describe(known[entry])}"


def check():
    """Print every flaw; the number of flaws."""
    flaws = []
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy"
        shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(*WITHOUT_TEXTS, "__pycache__"))
        gather(copy)
        for language in languages():
            if texts_file(language).exists():
                flaws += [
                    f"{language}: {flaw}" for flaw in [*differences(language, copy), *flaws_of(language)]
                ]
            else:
                flaws.append(f"{language}: has no file; run make messages")
    print("\n".join(flaws) or f"Complete in {len(languages())} languages.")
    return len(flaws)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "movingcities.settings")
    if "--check" in sys.argv:
        sys.exit(check() > 0)
    gather(ROOT)
    for language in languages():
        print(f"{language}: {len(untranslated(read(texts_file(language))))} texts to translate")
