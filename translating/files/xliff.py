"""XLIFF 1.2 and 2.0, as professional translators' programs read and write them.

Each text is one unit. The tags of rich text become inline codes, which those programs show and protect. A code in a
translation has the number of the same code in the original; what stands behind a number is looked up in the
original first, since some programs drop it from the translation.
"""

import re
from html import escape, unescape
from itertools import count, groupby
from operator import attrgetter
from xml.etree.ElementTree import Element, ParseError, SubElement, tostring

from defusedxml import DefusedXmlException, ElementTree
from django.utils.translation import gettext as _

from translating.files import inline
from translating.files.units import (
    Unit,
    Unreadable,
    checked,
    language_of,
    parse_identifier,
    same_lines,
    without_control,
)

OURS = "urn:moving-cities:translations"
XHTML = "http://www.w3.org/1999/xhtml"
NAMESPACE = re.compile(r"\{(.*)\}(.*)")
ATTRIBUTE = re.compile(r"""([a-z]+)="([^"]*)\"""")

# No text has so many tags inside each other; following them further would end in an error.
DEEPEST = 100
FINISHED = {"translated", "signed-off", "reviewed", "final"}


class UnknownCode(ValueError):
    """An inline code that neither the original nor the translation explains."""


# Writing


def write(units, version):
    """The XLIFF file (bytes) of units that share their two languages; version is "1.2" or "2.0"."""
    dialect = DIALECTS[version]
    root = dialect.root(units[0].source_language, units[0].language)
    for number, (entry, texts) in enumerate(groupby(units, key=attrgetter("entry")), 1):
        body = dialect.file(root, number, entry, units[0])
        for unit in texts:
            dialect.unit(body, unit)
    put_in_lines(root)
    return tostring(root, encoding="UTF-8", xml_declaration=True)


def put_in_lines(element):
    """A line for each element, without a space more inside a text."""
    if element.tag in ("source", "target", "note", "data"):
        return
    for child in element:
        put_in_lines(child)
        child.tail = "\n"
    if len(element):
        element.text = "\n"


def put(parent, words):
    """Append words to what an element holds already."""
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + without_control(words)
    else:
        parent.text = (parent.text or "") + without_control(words)


class Numbers:
    """The numbers of inline codes: a tag of the translation has that of the same tag of the original."""

    def __init__(self):
        self.following = count(1)
        self.of_original = {}

    def in_original(self, tag):
        number = str(next(self.following))
        self.of_original.setdefault(tag, []).append(number)
        return number

    def in_translation(self, tag):
        waiting = self.of_original.get(tag)
        return waiting.pop(0) if waiting else str(next(self.following))


def fill(element, words, is_rich, code, numbered):
    """Put a text into `<source>` or `<target>`; `code` makes the element of a tag with its number."""
    if not is_rich:
        put(element, words)
        return
    path = [element]
    for piece in inline.pieces(words):
        if piece.kind == inline.TEXT:
            put(path[-1], piece.value)
        elif piece.kind == inline.CLOSE:
            path.pop()
        else:
            child = code(path[-1], piece, numbered(piece.value))
            if piece.kind == inline.OPEN:
                path.append(child)


# Reading


def read(data, is_rich):
    """The units (a list) of an XLIFF file (bytes); `is_rich` answers for kind and field.

    Raises Unreadable with a sentence for the person who sent the file.
    """
    root = parsed(data)
    namespace, name = split_name(root.tag)
    version = root.get("version") or namespace.rpartition(":")[2]
    dialect = DIALECTS.get({"1": "1.2", "2": "2.0"}.get(version[:1]))
    if name != "xliff" or dialect is None:
        raise Unreadable(_("This XML file is no XLIFF of version 1.2 or 2.0."))
    for element in root.iter():
        element.tag = split_name(element.tag)[1]
    return checked(dialect.read(root, is_rich))


def parsed(data):
    """The root of the XML, whose file defines nothing and names nothing outside itself."""
    try:
        return ElementTree.fromstring(data, forbid_dtd=True)
    except DefusedXmlException:
        raise Unreadable(
            _(
                "The file defines a document type of its own. XLIFF needs none, and it can do harm: it is not read."
            )
        ) from None
    except ParseError as error:
        raise Unreadable(
            _("The XML of this file is broken in line %(line)s.") % {"line": error.position[0]}
        ) from None
    except (LookupError, ValueError):
        raise Unreadable(
            _("The encoding of this file cannot be read. Save it as UTF-8 (in a spreadsheet: “CSV UTF-8”).")
        ) from None


def split_name(tag):
    match = NAMESPACE.fullmatch(tag)
    return match.groups() if match else ("", tag)


def unit_read(identifier, is_rich, codes, source, target, **known):
    """The Unit that an element of a file stands for, or None if it is none of ours."""
    parts = parse_identifier(identifier)
    if parts is None:
        return None
    kind, record, field = parts
    unit = Unit(kind, record, field, source="", is_rich=is_rich(kind, field), **known)
    try:
        unit.source = content(source, unit.is_rich, codes)
        unit.target = content(target, unit.is_rich, codes)
    except UnknownCode:
        unit.problem = _("It has an inline code that the original lacks.")
    return unit


def content(elements, is_rich, codes):
    """The text of `<source>` or `<target>` elements; `codes` gives the pieces of an inline element.

    Raises UnknownCode.
    """
    if not is_rich:
        return same_lines("".join("".join(element.itertext()) for element in elements))
    found = [piece for element in elements for piece in inner(element, codes)]
    if all(piece.kind == inline.TEXT for piece in found):
        return inline.brought("".join(piece.value for piece in found))
    return inline.brought(inline.join(found))


def inner(element, codes, depth=0):
    """The pieces inside an element, which is so deep in others. Raises UnknownCode."""
    if depth > DEEPEST:
        raise UnknownCode
    if element.text:
        yield inline.Piece(inline.TEXT, element.text)
    for child in element:
        yield from codes(child, depth)
        if child.tail:
            yield inline.Piece(inline.TEXT, child.tail)


class Codes:
    """What the numbers of a unit's inline codes stand for, and the way from inline elements to tags."""

    def __init__(self, tags):
        self.tags = tags

    def __call__(self, element, depth):
        """The pieces of an inline element that is so deep in others. Raises UnknownCode."""
        if element.tag in ("g", "pc"):
            tag = self.tag(element.get("id"))
            yield inline.Piece(inline.OPEN, tag)
            yield from inner(element, self, depth + 1)
            yield inline.Piece(inline.CLOSE, inline.closing(tag))
        elif element.tag in ("x", "ph"):
            yield inline.Piece(inline.EMPTY, self.tag(element.get("id")))
        elif element.tag in ("bx", "sc"):
            yield inline.Piece(inline.OPEN, self.tag(element.get("id")))
        elif element.tag in ("ex", "ec"):
            begun = element.get("startRef") or element.get("rid") or element.get("id")
            yield inline.Piece(inline.CLOSE, inline.closing(self.tag(begun)))
        elif element.tag in ("mrk", "sm", "em"):
            # Marks of the translators' programs: segments, terms, comments.
            yield from inner(element, self, depth + 1)
        else:
            raise UnknownCode

    def tag(self, number):
        tag = self.tags.get(number)
        if not tag:
            raise UnknownCode
        return tag


class Xliff12:
    """XLIFF 1.2: `<g>` and `<x>` name the HTML element in `ctype`, its attributes stand beside it."""

    NAMES = {"strong": "bold", "em": "italic", "a": "link", "br": "lb"}
    STATES = {
        "missing": {},
        "current": {"state": "translated"},
        "outdated": {"state": "needs-review-translation"},
        "machine": {"state": "needs-review-translation", "state-qualifier": "leveraged-mt"},
    }

    def root(self, source_language, language):
        return Element(
            "xliff",
            {
                "xmlns": "urn:oasis:names:tc:xliff:document:1.2",
                "xmlns:mc": OURS,
                "xmlns:html": XHTML,
                "version": "1.2",
            },
        )

    def file(self, root, number, entry, unit):
        file = SubElement(
            root,
            "file",
            {
                "original": f"{number}: {without_control(entry)}",
                "source-language": unit.source_language,
                "target-language": unit.language,
                "datatype": "html",
            },
        )
        return SubElement(file, "body")

    def unit(self, body, unit):
        element = SubElement(
            body,
            "trans-unit",
            {"id": unit.identifier, "mc:version": unit.version, "xml:space": "preserve"}
            | ({"approved": "yes"} if unit.state == "current" else {})
            | ({"maxwidth": str(unit.max_length), "size-unit": "char"} if unit.max_length else {}),
        )
        numbers = Numbers()
        source = SubElement(element, "source", {"xml:lang": unit.source_language})
        fill(source, unit.source, unit.is_rich, self.code, numbers.in_original)
        if unit.target:
            target = SubElement(element, "target", {"xml:lang": unit.language, **self.STATES[unit.state]})
            fill(target, unit.target, unit.is_rich, self.code, numbers.in_translation)
        for note in unit.notes:
            SubElement(element, "note").text = without_control(note)

    def code(self, parent, piece, number):
        name = inline.name_of(piece.value)
        attributes = {f"html:{key}": unescape(value) for key, value in ATTRIBUTE.findall(piece.value)}
        return SubElement(
            parent,
            "g" if piece.kind == inline.OPEN else "x",
            {"id": number, "ctype": self.NAMES.get(name, f"x-html-{name}")} | attributes,
        )

    def read(self, root, is_rich):
        for file in root.iter("file"):
            languages = {
                "source_language": language_of(file.get("source-language")),
                "language": language_of(file.get("target-language")),
            }
            for element in file.iter("trans-unit"):
                unit = self.read_unit(element, is_rich, languages)
                if unit is not None:
                    yield unit

    def read_unit(self, element, is_rich, languages):
        source, target = element.findall("source"), element.findall("target")
        state = target[0].get("state") if target else None
        return unit_read(
            element.get("id"),
            is_rich,
            Codes(self.tags(source + target)),
            source,
            target,
            version=element.get(f"{{{OURS}}}version", ""),
            is_finished=state in FINISHED if state else None,
            **languages,
        )

    def tags(self, elements):
        tags = {}
        for element in elements:
            for code in element.iter():
                if code.tag in ("g", "x", "bx"):
                    tags.setdefault(code.get("id"), self.tag(code))
        return tags

    def tag(self, code):
        kind = code.get("ctype", "")
        name = {known: name for name, known in self.NAMES.items()}.get(kind, kind.removeprefix("x-html-"))
        attributes = "".join(
            f' {key.removeprefix(f"{{{XHTML}}}")}="{escape(value)}"'
            for key, value in code.attrib.items()
            if key.startswith(f"{{{XHTML}}}")
        )
        tag = f"<{name}{attributes}>"
        return tag if inline.TAG.fullmatch(tag) else ""


class Xliff20:
    """XLIFF 2.0: `<pc>` and `<ph>` point to the HTML tag that `<originalData>` holds."""

    STATES = {
        "missing": {},
        "current": {"state": "translated"},
        "outdated": {"state": "initial", "subState": "mc:outdated"},
        "machine": {"state": "initial", "subState": "mc:machine"},
    }

    def root(self, source_language, language):
        return Element(
            "xliff",
            {
                "xmlns": "urn:oasis:names:tc:xliff:document:2.0",
                "xmlns:mc": OURS,
                "version": "2.0",
                "srcLang": source_language,
                "trgLang": language,
            },
        )

    def file(self, root, number, entry, unit):
        return SubElement(root, "file", {"id": f"f{number}", "original": without_control(entry)})

    def unit(self, file, unit):
        element = SubElement(
            file, "unit", {"id": unit.identifier, "mc:version": unit.version, "xml:space": "preserve"}
        )
        if unit.notes:
            notes = SubElement(element, "notes")
            for note in unit.notes:
                SubElement(notes, "note").text = without_control(note)
        data = Element("originalData")
        segment = Element("segment", self.STATES[unit.state])
        numbers, code = Numbers(), self.code_with(data)
        fill(SubElement(segment, "source"), unit.source, unit.is_rich, code, numbers.in_original)
        if unit.target:
            fill(SubElement(segment, "target"), unit.target, unit.is_rich, code, numbers.in_translation)
        if len(data):
            element.append(data)
        element.append(segment)

    def code_with(self, data):
        """Makes the elements of tags, which it puts into the original data."""
        places = {}

        def place(tag):
            if tag not in places:
                places[tag] = f"d{len(places) + 1}"
                SubElement(data, "data", {"id": places[tag]}).text = tag
            return places[tag]

        def code(parent, piece, number):
            if piece.kind == inline.EMPTY:
                return SubElement(parent, "ph", {"id": number, "dataRef": place(piece.value)})
            return SubElement(
                parent,
                "pc",
                {
                    "id": number,
                    "dataRefStart": place(piece.value),
                    "dataRefEnd": place(inline.closing(piece.value)),
                },
            )

        return code

    def read(self, root, is_rich):
        languages = {
            "source_language": language_of(root.get("srcLang")),
            "language": language_of(root.get("trgLang")),
        }
        for element in root.iter("unit"):
            unit = self.read_unit(element, is_rich, languages)
            if unit is not None:
                yield unit

    def read_unit(self, element, is_rich, languages):
        # Translators' programs may divide a text into segments, with what is between them apart.
        parts = [part for part in element if part.tag in ("segment", "ignorable")]
        source = [part.find("source") for part in parts if part.find("source") is not None]
        target = [part.find("target") for part in parts if part.find("target") is not None]
        states = [part.get("state") for part in parts if part.tag == "segment"]
        return unit_read(
            element.get("id"),
            is_rich,
            Codes(self.tags(element, source + target)),
            source,
            in_order(target),
            version=element.get(f"{{{OURS}}}version", ""),
            is_finished=all(state in FINISHED for state in states) if any(states) else None,
            **languages,
        )

    def tags(self, element, texts):
        data = {item.get("id"): "".join(item.itertext()) for item in element.iter("data")}
        tags = {}
        for part in texts:
            for code in part.iter():
                if code.tag in ("pc", "ph", "sc"):
                    tag = data.get(code.get("dataRefStart") or code.get("dataRef"), "")
                    tags.setdefault(code.get("id"), tag if inline.TAG.fullmatch(tag) else "")
        return tags


def in_order(targets):
    """The parts of a translation in their own order, where a program says that it differs from the original's."""
    orders = [target.get("order", "") for target in targets]
    if not all(order.isdecimal() for order in orders):
        return targets
    return sorted(targets, key=lambda target: int(target.get("order")))


DIALECTS = {"1.2": Xliff12(), "2.0": Xliff20()}
