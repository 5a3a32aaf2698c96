"""The rules of the house that a program can check."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# An app imports only the apps to its left.
ORDER = [
    "publishing",
    "cities",
    "networks",
    "approaches",
    "commitments",
    "news",
    "translating",
    "search",
    "opendata",
    "pages",
    "movingcities",
]
FOLDERS = [*ORDER, "benchmarks", "docs", "locale", "scripts", "static", "templates", "tests"]
TEXT = [".css", ".html", ".js", ".md", ".po", ".py", ".sh", ".txt", ".xml"]
# In pieces, so that this file does not name what it forbids.
UNFINISHED = re.compile(
    r"\b(?:TO" + r"DO|FIX" + r"ME|X" + r"XX|NotImplemented" + r"Error|lo" + r"rem ipsum)\b"
)
SKIPPED = re.compile(r"(?:pytest|mark)\.(?:sk" + r"ip|xf" + r"ail)")
FOREIGN = r"""(?:https?:)?//[\w.-]+\.\w"""


def files(*folders, suffixes):
    """Our own files in these folders: what others wrote lies in folders named vendor."""
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in suffixes and "vendor" not in path.parts:
                yield path


def places(pattern, paths):
    """Each line in which a pattern occurs, as file:line."""
    return [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in paths
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if re.search(pattern, line)
    ]


def imported_apps(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.split(".")[0]
        elif isinstance(node, ast.Import):
            yield from (name.name.split(".")[0] for name in node.names)


def is_page(template):
    """A page fills the blocks of another one, or is a whole document."""
    text = template.read_text()
    return "{% extends " in text or "<!doctype html>" in text


def is_part(template):
    return template.name.startswith("_")


def test_apps_import_only_the_apps_before_them():
    for position, app in enumerate(ORDER):
        for path in files(app, suffixes=[".py"]):
            too_late = set(imported_apps(path)) & set(ORDER[position + 1 :])

            assert not too_late, f"{path.relative_to(ROOT)} imports {', '.join(sorted(too_late))}"


def test_no_app_imports_tests_or_scripts():
    for path in files(*ORDER, suffixes=[".py"]):
        assert not {"tests", "scripts", "benchmarks"} & set(imported_apps(path)), path.relative_to(ROOT)


def test_nothing_is_left_unfinished():
    assert places(UNFINISHED, files(*FOLDERS, suffixes=TEXT)) == []


def test_every_test_runs():
    assert places(SKIPPED, files("tests", suffixes=[".py"])) == []


def test_each_template_is_a_page_or_a_part():
    wrongly_named = [t for t in files("templates", suffixes=[".html"]) if is_page(t) == is_part(t)]

    assert wrongly_named == []


def test_templates_include_only_parts():
    included = r"""{% include ["'](?!(?:[\w-]+/)*_)"""

    assert places(included, files("templates", suffixes=[".html"])) == []


def test_every_part_is_used():
    texts = "".join(path.read_text() for path in files("templates", *ORDER, suffixes=[".html", ".py"]))
    parts = [t.relative_to(ROOT / "templates") for t in files("templates", suffixes=[".html"]) if is_part(t)]

    assert [part for part in parts if part.as_posix() not in texts] == []


def test_templates_have_no_inline_scripts_styles_or_handlers():
    inline = r"""<style|<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+="|javascript:"""

    assert places(inline, files("templates", suffixes=[".html"])) == []


def test_styles_and_scripts_load_nothing_from_elsewhere():
    stylesheets = files("static", suffixes=[".css"])
    scripts = files("static", suffixes=[".js"])

    assert (
        places(rf"""url\(\s*['"]?{FOREIGN}|@import "(?!(?:components/)?[a-z-]+\.css")""", stylesheets) == []
    )
    assert places(rf"""(?:import|from|fetch\()\s*['"`]{FOREIGN}""", scripts) == []


def test_texts_stand_where_gettext_finds_them():
    """What is called inside an f-string is not gathered for translation, and nobody would notice."""
    calls = {"_", "gettext", "ngettext", "pgettext", "npgettext"}
    unseen = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for path in files(*ORDER, suffixes=[".py"])
        for text in ast.walk(ast.parse(path.read_text()))
        if isinstance(text, ast.JoinedStr)
        for call in ast.walk(text)
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") in calls
    ]

    assert unseen == []


def test_lock_files_name_no_address_and_carry_hashes():
    for lock in [ROOT / "requirements.lock", ROOT / "requirements-dev.lock"]:
        text = lock.read_text()

        assert "://" not in text
        assert len(re.findall(r"^[\w.-]+==", text, re.M)) == len(
            re.findall(r"^[\w.-]+==.* \\\n +--hash=", text, re.M)
        )


def test_each_setting_from_the_environment_is_described():
    settings = (ROOT / "movingcities" / "settings.py").read_text()
    read = set(re.findall(r"""\b(?:env(?:\.\w+)?|required)\(\s*"([A-Z_]+)\"""", settings))

    described = set(re.findall(r"^(?:# )?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.M))

    assert read == described
