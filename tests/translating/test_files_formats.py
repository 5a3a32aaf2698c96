"""Files for translators without a database: what is written comes back, and what is broken is told in a sentence."""

import io
import random
import re
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from xml.etree import ElementTree

import pytest
from translate.storage.xliff import Xliff1File
from translate.storage.xliff2 import Xliff2File

from publishing.text import clean
from translating.files import FORMATS, read, units, write
from translating.files.inline import pieces, refused
from translating.files.units import Unit, Unreadable

XLIFF = ["xliff20", "xliff12"]
RICH = '<p>Go to the <a href="https://example.org/?a=1&amp;b=2" title="A &quot;page&quot;">page</a><br>now &lt;3.</p>\n<ul><li>A &amp; B</li><li><strong>C <em>D</em></strong></li></ul>'
RICH_PL = '<h2>Tytuł</h2><p>Idź na <strong>stronę</strong> <a href="https://example.org/pl">tutaj</a>.</p>'


def is_rich(kind, field):
    return field == "summary"


def make_unit(source="A text", target="Tekst", field="title", **known):
    return Unit(
        "approaches.approach",
        known.pop("record", 1),
        field,
        "en",
        "pl",
        source,
        target,
        state=known.pop("state", "current"),
        is_rich=is_rich("", field),
        version="1a-2b",
        **known,
    )


def through(format_name, *texts):
    """The units after being written and read again."""
    return read(write(list(texts), format_name), is_rich)


def refusal(data):
    with pytest.raises(Unreadable) as error:
        read(data, is_rich)
    return str(error.value)


# Round trip


@pytest.mark.parametrize("format_name", FORMATS)
@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("A text", "Tekst"),
        ('A "text" & <more>\nin lines', "Tekst „x” & <y>; z,\ta"),
        ("=1+1", "=2+2"),
        ("-5 °C", "'-5 °C"),
        ("@name", "''+48 123"),
        ("'quoted'", "'cytat'"),
        (" with space ", " ze spacją "),
        ("Text", ""),
    ],
)
def test_plain_text_comes_back_as_it_was(format_name, source, target):
    (unit,) = through(format_name, make_unit(source, target))

    assert (unit.source, unit.target, unit.identifier) == (source, target, "approaches.approach:1:title")
    assert (unit.source_language, unit.language, unit.seen) == ("en", "pl", ("1a", "2b"))


@pytest.mark.parametrize("format_name", FORMATS)
def test_rich_text_comes_back_as_it_was(format_name):
    assert clean(RICH) == RICH

    (unit,) = through(format_name, make_unit(RICH, RICH_PL, "summary"))

    assert (unit.source, unit.target, unit.problem) == (RICH, RICH_PL, "")


@pytest.mark.parametrize("format_name", FORMATS)
def test_any_markup_that_is_allowed_comes_back(format_name):
    chance = random.Random(7)
    tags = ["<p>", "</p>", "<ul><li>", "</li></ul>", "<strong>", "</strong>", "<em>", "</em>", "<br>"]
    tags += [
        '<a href="/x?a&b">',
        "</a>",
        "<blockquote>",
        "</blockquote>",
        "<h3>",
        "</h3>",
        "a",
        "&",
        "<",
        " ",
        "\n",
    ]
    texts = [clean("<p>" + "".join(chance.choices(tags, k=20))) for _number in range(400)]
    # Some tangles come out differently each time they are cleaned, in the editor as well.
    texts = [text for text in texts if clean(text) == text]
    sent = [make_unit(text, texts[-place], "summary", record=place) for place, text in enumerate(texts, 1)]

    received = through(format_name, *sent)

    assert [(unit.source, unit.target) for unit in received] == [(unit.source, unit.target) for unit in sent]


@pytest.mark.parametrize("format_name", XLIFF)
def test_characters_that_xml_cannot_hold_are_left_out(format_name):
    (unit,) = through(format_name, make_unit("A\x0btext", "Te\x00kst", entry="E\x01", notes=["N\x02"]))

    assert (unit.source, unit.target) == ("Atext", "Tekst")


# What translators' programs see


def elements(data):
    return ElementTree.fromstring(data)  # noqa: S314 - we wrote it


def test_tags_are_protected_and_numbered_alike_in_both_languages():
    data = write(
        [make_unit("<p>A <strong>b</strong></p>", "<p><strong>B</strong> a</p>", "summary")], "xliff20"
    )

    codes = [
        (code.tag.split("}")[1], code.get("id")) for code in elements(data).iter() if code.get("dataRefStart")
    ]

    assert codes == [("pc", "1"), ("pc", "2"), ("pc", "1"), ("pc", "2")]
    assert "&lt;strong&gt;" in data.decode().partition("<segment")[0]


def test_an_address_that_differs_by_language_gets_a_number_of_its_own():
    source, target = '<p><a href="/en/">a</a></p>', '<p><a href="/pl/">b</a></p>'
    data = write([make_unit(source, target, "summary")], "xliff12")

    assert re.findall(r'<g id="(\d)" ctype="link"', data.decode()) == ["2", "3"]


@pytest.mark.parametrize(
    ("state", "in_12", "in_20"),
    [
        ("current", 'state="translated"', 'state="translated"'),
        ("outdated", 'state="needs-review-translation"', 'state="initial" subState="mc:outdated"'),
        ("machine", 'state-qualifier="leveraged-mt"', 'state="initial" subState="mc:machine"'),
    ],
)
def test_the_state_of_a_translation_is_in_the_file(state, in_12, in_20):
    assert in_12 in write([make_unit(state=state)], "xliff12").decode()
    assert in_20 in write([make_unit(state=state)], "xliff20").decode()


@pytest.mark.parametrize("format_name", XLIFF)
def test_a_missing_translation_has_no_state_that_a_program_would_have_to_change(format_name):
    text = write([make_unit(target="", state="missing")], format_name).decode()

    assert "<target" not in text
    assert "state=" not in text


def test_the_real_tool_reads_xliff_12():
    data = write([make_unit(notes=["Mind the city."]), make_unit(RICH, RICH_PL, "summary")], "xliff12")

    store = Xliff1File.parsestring(data)

    first, second = store.units
    assert (store.sourcelanguage, store.targetlanguage) == ("en", "pl")
    assert (first.source, first.target, first.getnotes()) == ("A text", "Tekst", "Mind the city.")
    assert first.isapproved()
    assert not first.isfuzzy()
    assert str(second.rich_target[0]).startswith("TytułIdź na stronę tutaj.")


def test_the_real_tool_reads_xliff_20():
    data = write([make_unit(), make_unit(RICH, "", "summary", state="missing")], "xliff20")

    store = Xliff2File.parsestring(data)

    assert (store.sourcelanguage, store.targetlanguage) == ("en", "pl")
    assert [unit.istranslated() for unit in store.units] == [True, False]
    assert [unit.getid() for unit in store.units] == [
        "approaches.approach:1:title",
        "approaches.approach:1:summary",
    ]


@pytest.mark.parametrize(("format_name", "store_class"), [("xliff12", Xliff1File), ("xliff20", Xliff2File)])
def test_what_the_real_tool_writes_is_read(format_name, store_class):
    data = write([make_unit("A text", "", state="missing"), make_unit(RICH, RICH_PL, "summary")], format_name)
    store = store_class.parsestring(data)
    store.units[0].target = "Tekst & reszta"
    store.units[0].marktranslated()
    out = io.BytesIO()
    store.serialize(out)

    plain, rich = read(out.getvalue(), is_rich)

    assert (plain.target, plain.is_finished, plain.seen) == ("Tekst & reszta", True, ("1a", "2b"))
    assert (rich.source, rich.target) == (RICH, RICH_PL)


def test_the_tools_own_filter_and_converter_take_the_file(tmp_path):
    sent, filtered, po = tmp_path / "sent.xlf", tmp_path / "filtered.xlf", tmp_path / "out.po"
    sent.write_bytes(
        write([make_unit("It has 3 parts.", "Ma 4 części."), make_unit("B", "C", record=2)], "xliff12")
    )

    tool("pofilter", "-t", "numbers", sent, filtered)
    tool("xliff2po", sent, po)

    (wrong,) = read(filtered.read_bytes(), is_rich)
    assert wrong.target == "Ma 4 części."
    assert 'msgstr "Ma 4 części."' in po.read_text()


def tool(name, *arguments):
    command = [Path(sys.executable).parent / name, "--progress=none", *arguments]
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - our own programs


# What translators' programs do to a file


def changed(format_name, replacements, unit=None):
    text = write(
        [unit or make_unit("<p>A <strong>b</strong></p>", "", "summary", state="missing")], format_name
    )
    text = text.decode()
    for old, new in replacements.items():
        assert old in text
        text = text.replace(old, new)
    (unit,) = read(text.encode(), is_rich)
    return unit


def test_a_program_may_divide_a_text_into_segments_and_move_their_order():
    unit = changed(
        "xliff20",
        {
            "</source>\n</segment>": """</source></segment>
            <segment state="translated"><source/><target order="3">B <sc id="2" dataRef="d2"/>c</target></segment>
            <ignorable><source> </source><target order="2"> </target></ignorable>
            <segment state="final"><source/><target order="1"><sc id="1"/>A.</target></segment>
            <segment state="final"><source/><target order="4"><ec startRef="2"/><mrk id="m" type="term">!</mrk>
            <ec startRef="1"/></target></segment>""".replace("            ", "")
        },
    )

    assert unit.target == "<p>A. B <strong>c</strong>!\n</p>"


@pytest.mark.parametrize("format_name", FORMATS)
@pytest.mark.parametrize("tag", ["pl-PL", "PL", "pl_PL"])
def test_a_program_may_name_a_country_with_the_language(format_name, tag):
    text = write([make_unit()], format_name).decode()
    for place in ('trgLang="{}"', 'target-language="{}"', ",{},"):
        text = text.replace(place.format("pl"), place.format(tag))
    assert tag in text

    assert read(text.encode(), is_rich)[0].language == "pl"


@pytest.mark.parametrize("order", ["²", "x", ""])
def test_an_order_that_is_no_number_is_passed_over(order):
    unit = changed("xliff20", {"</source>": f'</source><target order="{order}"><pc id="1">B</pc></target>'})

    assert unit.target == "<p>B</p>"


@pytest.mark.parametrize("format_name", FORMATS)
def test_no_damage_to_a_file_ends_in_an_error(format_name):
    chance = random.Random(4)
    whole = write([make_unit(RICH, RICH_PL, "summary", record=number) for number in range(3)], format_name)
    pieces_of_files = [
        b"<",
        b"</target>",
        b'<pc id="1">',
        b'<ec startRef="1"/>',
        b"<x/>",
        b"\0",
        b"\xff",
        b"&lt;b&gt;",
        b'"',
        b";",
    ]
    for _number in range(1000):
        damaged = bytearray(whole)
        for _time in range(chance.randint(1, 4)):
            place = chance.randrange(len(damaged))
            damaged[place : place + chance.randint(0, 30)] = chance.choice(pieces_of_files)
        with suppress(Unreadable):
            read(bytes(damaged), is_rich)


@pytest.mark.parametrize("format_name", XLIFF)
def test_a_program_may_drop_everything_of_a_code_but_its_number(format_name):
    code = {"xliff12": "g", "xliff20": "pc"}[format_name]
    target = f'<target><{code} id="2">B</{code}><{code} id="1"> a</{code}></target>'
    unit = changed(format_name, {"</source>": f"</source>{target}"})

    assert (unit.target, unit.is_finished) == ("<strong>B</strong><p> a</p>", None)


def test_a_program_may_mark_segments_in_xliff_12():
    target = '<target state="final"><mrk mtype="seg" mid="0"><g id="1">A.</g></mrk></target>'

    assert changed("xliff12", {"</source>": f"</source>{target}"}).target == "<p>A.</p>"


@pytest.mark.parametrize("format_name", XLIFF)
def test_a_code_that_the_original_lacks_is_a_problem_of_its_text(format_name):
    code = {"xliff12": "g", "xliff20": "pc"}[format_name]
    unit = changed(format_name, {"</source>": f'</source><target><{code} id="9">B</{code}></target>'})

    assert unit.problem == "It has an inline code that the original lacks."


@pytest.mark.parametrize("format_name", XLIFF)
@pytest.mark.parametrize(
    ("given", "becomes"), [("B < C", "<p>B &lt; C</p>"), ("B\n\nC", "<p>B</p><p>C</p>"), ("", "")]
)
def test_rich_text_without_any_tag_becomes_paragraphs(format_name, given, becomes):
    given = given.replace("<", "&lt;")

    assert changed(format_name, {"</source>": f"</source><target>{given}</target>"}).target == becomes


@pytest.mark.parametrize(
    ("format_name", "attribute", "finished"),
    [
        ("xliff12", 'state="translated"', True),
        ("xliff12", 'state="final"', True),
        ("xliff12", 'state="signed-off"', True),
        ("xliff12", 'state="needs-translation"', False),
        ("xliff12", 'state="needs-review-translation"', False),
        ("xliff12", 'state="new"', False),
    ],
)
def test_a_file_says_which_texts_are_finished(format_name, attribute, finished):
    unit = changed(format_name, {"</source>": f"</source><target {attribute}>B</target>"})

    assert unit.is_finished is finished


@pytest.mark.parametrize(
    ("state", "finished"),
    [("initial", False), ("translated", True), ("reviewed", True), ("final", True)],
)
def test_xliff_20_says_it_of_each_segment(state, finished):
    unit = changed("xliff20", {"<segment>": f'<segment state="{state}">'})

    assert unit.is_finished is finished


def test_markup_that_is_not_allowed_is_kept_to_be_refused_by_name():
    unit = changed(
        "xliff20",
        {"&lt;strong&gt;": "&lt;script&gt;", "</source>": '</source><target><pc id="2">B</pc></target>'},
    )

    assert refused(unit.target) == "<script>"


@pytest.mark.parametrize(
    ("markup", "found"),
    [
        ("<p>a <strong>b</strong><br></p>", ""),
        ('<p><a href="https://x.example/" title="y">b</a> <a href="mailto:a@b.example">c</a></p>', ""),
        ("<p>1 < 2 & 3</p>", ""),
        ("<p>a<img src=x onerror=alert(1)></p>", "<img src=x onerror=alert(1)>"),
        ('<p onclick="x">a</p>', '<p onclick="x">'),
        ('<p><a href="javascript:alert(1)">a</a></p>', '<a href="javascript:alert(1)">'),
        ("<ScRiPt>alert(1)</ScRiPt>", "<ScRiPt>"),
    ],
)
def test_what_saving_would_take_out_is_found(markup, found):
    assert refused(markup) == found


def test_tags_that_do_not_pair_are_put_right():
    assert [piece.value for piece in pieces("<p>a <strong>b</p>")] == [
        "<p>",
        "a ",
        "<strong>",
        "b",
        "</strong>",
        "</p>",
    ]


# Tables


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_table_may_come_back_with_the_delimiter_and_encoding_of_a_spreadsheet(delimiter, encoding):
    rows = [
        ["id", "to", "original", "translation", "version"],
        ["approaches.approach:1:title", "pl", "A", "Żółw", "1a-2b"],
    ]
    data = "\r\n".join(delimiter.join(row) for row in rows).encode(encoding)

    (unit,) = read(data, is_rich)

    assert (unit.target, unit.language, unit.seen) == ("Żółw", "pl", ("1a", "2b"))


@pytest.mark.parametrize("text", ["=1+1", "+48", "-5", "@x", "\t=1", "'=1"])
def test_no_cell_of_a_table_is_a_formula(text):
    data = write([make_unit(text, text, entry=text, notes=[text])], "csv").decode("utf-8-sig")

    assert "\r\n=" not in data
    assert not re.search(r"""(?:^|,)"?[=+\-@\t]""", data, re.M)


@pytest.mark.parametrize("cell", ["=HYPERLINK(A1)", "@SUM(A1)", "#NAME?", "#REF!"])
def test_a_formula_as_translation_is_a_problem_of_its_text(cell):
    data = write([make_unit(target="CELL")], "csv").replace(b"CELL", cell.encode())

    assert (
        read(data, is_rich)[0].problem == "It starts like a formula of a spreadsheet, or is the error of one."
    )


def test_rows_of_others_in_a_table_are_passed_over():
    data = write([make_unit()], "csv") + b"Total,1,,,,,,,,\r\n\r\n"

    assert len(read(data, is_rich)) == 1


# Bad input


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "The file is empty."),
        (b"\xef\xbb\xbf  \n", "The file is empty."),
        (b"PK\x03\x04xl/worksheets", "Save a spreadsheet as “CSV UTF-8” first."),
        (b"<xliff version='1.2'><file>", "The XML of this file is broken in line 1."),
        (b"<xliff version='2.0'>\n<file>\n</xliff>", "The XML of this file is broken in line 3."),
        (b"<html/>", "This XML file is no XLIFF of version 1.2 or 2.0."),
        (b"<xliff version='9'/>", "This XML file is no XLIFF of version 1.2 or 2.0."),
        (b"<xliff version='1.2'/>", "The file has no texts of this site."),
        (b"<?xml version='1.0' encoding='klingon'?><xliff version='1.2'/>", "The encoding of this file"),
        ("<xliff version='2.0'>ż</xliff>".encode("iso-8859-2"), "The XML of this file is broken in line 1."),
        (b"id,to,original,version\r\n", "The table has no column “translation”."),
        (b"just text", "The table has no column “id”."),
        (
            "id,to,original,translation,version\nżółw".encode("iso-8859-2"),
            "The encoding of this file cannot be read.",
        ),
        (b"id,to,original,translation,version\n\0", "The encoding of this file cannot be read."),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "The encoding of this file cannot be read."),
        (b"id,to,original,translation,version\r\n", "The file has no texts of this site."),
        (b"id,to,original,translation,version\na," + b"x" * 200_000, "The table cannot be read in line 2."),
    ],
)
def test_a_file_that_cannot_be_read_is_told_in_a_sentence(data, sentence):
    assert sentence in refusal(data)


BOMB = b"""<?xml version="1.0"?><!DOCTYPE xliff [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><xliff version="1.2">&c;</xliff>"""
FOREIGN = (
    b"""<!DOCTYPE xliff [<!ENTITY file SYSTEM "file:///etc/passwd">]><xliff version="1.2">&file;</xliff>"""
)


@pytest.mark.parametrize("data", [BOMB, FOREIGN, b"<!DOCTYPE xliff><xliff version='1.2'/>"])
def test_a_file_that_defines_entities_is_not_read(data):
    assert "The file defines a document type of its own." in refusal(data)


@pytest.mark.parametrize("format_name", FORMATS)
def test_two_translations_of_one_text_are_refused(format_name):
    assert "two translations of the same text" in refusal(write([make_unit(), make_unit()], format_name))


@pytest.mark.parametrize("format_name", FORMATS)
def test_reading_stops_when_there_are_too_many_texts(format_name, monkeypatch):
    monkeypatch.setattr(units, "MOST_UNITS", 3)
    data = write([make_unit(record=number) for number in range(1, 6)], format_name)

    assert "more than" in refusal(data)


def test_a_million_rows_are_not_all_read():
    rows = (f"news.news:{number}:title,pl,A,B,-" for number in range(1_000_000))

    assert "more than 20,000 texts" in refusal(
        "\n".join(["id,to,original,translation,version", *rows]).encode()
    )


def test_deeply_nested_xml_does_no_harm():
    depth = 20_000
    nested = '<g id="1" ctype="bold">' * depth + "a" + "</g>" * depth
    data = f"""<xliff version="1.2"><file source-language="en" target-language="pl"><body>
    <trans-unit id="approaches.approach:1:summary"><source>a</source><target>{nested}</target></trans-unit>
    </body></file></xliff>"""

    (unit,) = read(data.encode(), is_rich)

    assert unit.problem
