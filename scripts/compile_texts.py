"""Compile the translated texts: each .po that is newer than its .mo."""

from pathlib import Path

LOCALE = Path(__file__).resolve().parent.parent / "locale"


def outdated():
    for source in sorted(LOCALE.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            yield source, target


def compile_texts():
    for source, target in outdated():
        from babel.messages.mofile import write_mo
        from babel.messages.pofile import read_po

        language = source.parent.parent.name
        with source.open("rb") as file:
            catalogue = read_po(file, locale=language, abort_invalid=True)
        with target.open("wb") as file:
            write_mo(file, catalogue)
        print(f"Compiled the texts: {language}")


if __name__ == "__main__":
    compile_texts()
