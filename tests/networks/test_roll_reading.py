"""What a pasted list of members says, line by line."""

import pytest

from networks.rolls.reading import MOST_LINES, Unreadable, decoded, fold, read

COUNTRIES = {"poland": "PL", "polen": "PL", "pl": "PL", "italia": "IT", "it": "IT", "germany": "DE"}


def only(text):
    """The only line of a list."""
    (line,) = read(text, COUNTRIES)
    return line


def facts(line):
    return line.name, line.country, line.role, line.since, line.until, line.source


def test_each_line_is_a_name():
    lines = read("Gdańsk\n\n  Palermo  \r\nΑθήνα\n", {})

    assert [(line.number, line.name) for line in lines] == [(1, "Gdańsk"), (3, "Palermo"), (4, "Αθήνα")]
    assert not any(line.unread or line.problem for line in lines)


@pytest.mark.parametrize(
    "text",
    [
        "Gdańsk, Poland, founder, 2010, 2015, https://network.example/members",
        "Gdańsk;Polen;Founding member;2010–2015;https://network.example/members",
        "Gdańsk\tGründungsmitglied\thttps://network.example/members\t2010\t2015\tPL",
        "3. Gdańsk (Poland); founder; 2010 - 2015; https://network.example/members",
        '"Gdańsk","PL","founder","2010","2015","https://network.example/members"',
    ],
)
def test_what_follows_a_name_is_recognised_in_any_order_and_language(text):
    assert facts(only(text)) == ("Gdańsk", "PL", "founder", 2010, 2015, "https://network.example/members")


def test_a_first_line_may_name_the_columns():
    text = "network,municipality,role,since,until,source_url,verified\nx,gdansk,member,,2015,,yes"

    assert facts(only(text)) == ("gdansk", "", "member", None, 2015, "")
    assert only(text).unread == []


@pytest.mark.parametrize("head", ["Rolle;Kommune;Land", "rola;gmina;kraj", "ROLE;Municipality;Country"])
def test_columns_may_be_named_in_any_language(head):
    assert facts(only(f"{head}\nMember;Gdańsk;PL"))[:3] == ("Gdańsk", "PL", "member")


@pytest.mark.parametrize(
    "text", ["• Palermo", "- Palermo", "12) Palermo", "(4) Palermo", "Palermo[2]", "Palermo,"]
)
def test_the_marks_of_a_list_are_no_part_of_a_name(text):
    assert only(text).name == "Palermo"


def test_brackets_that_hold_no_country_are_part_of_the_name():
    assert only("Frankfurt (Oder)").name == "Frankfurt (Oder)"
    assert facts(only("Palermo (Italia)"))[:2] == ("Palermo", "IT")


def test_what_is_not_understood_is_kept_beside_the_name():
    assert only("Palermo, Sicilia, 2010").unread == ["Sicilia"]
    assert only("Palermo, Italia, Germany").unread == ["Germany"]
    assert only("Palermo, 2010, 2011, 2012").unread == ["2012"]
    assert only("name;since\nPalermo;long ago").unread == ["long ago"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a" * 101, "long"),
        ("b" * 2000, "long"),
        ("Palermo, 1850", "year"),
        ("Palermo, 9999", "year"),
        ("Palermo, 2015, 2010", "order"),
        ("Palermo, https://", "source"),
        ("Palermo, https://x y", "source"),
        ("–; 2010", "nameless"),
        (";;2010", "nameless"),
        ("name;since\n;2010", "nameless"),
    ],
)
def test_a_line_that_cannot_be_taken_says_why(text, problem):
    line = only(text)

    assert line.problem == problem
    assert line.reason


@pytest.mark.parametrize("text", ["", "  \n\t\n", "\ufeff", ";;;\n,"])
def test_an_empty_list_is_refused(text):
    with pytest.raises(Unreadable, match="empty"):
        read(text, {})


def test_columns_without_lines_are_refused():
    with pytest.raises(Unreadable, match="columns"):
        read("municipality,role", {})


def test_a_list_of_100_000_lines_is_refused_with_the_number_that_can_be_taken():
    with pytest.raises(Unreadable, match="100,000 lines; 5,000"):
        read("Palermo\n" * 100_000, {})

    assert len(read("Palermo\n" * MOST_LINES, {})) == MOST_LINES


@pytest.mark.parametrize(
    "text",
    [
        "<ul>\n<li>Palermo</li>",
        "Palermo\n<script>alert(1)</script>",
        "<!DOCTYPE html>",
        "<a href='x'>Palermo</a>",
    ],
)
def test_the_source_code_of_a_page_is_refused_with_its_line(text):
    with pytest.raises(Unreadable, match=r"Line \d is the source code of a web page"):
        read(text, {})


def test_what_only_looks_like_markup_is_a_name():
    assert only("Palermo <3").name == "Palermo <3"
    assert only("Palermo & Gdańsk").name == "Palermo & Gdańsk"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_files_in_unicode_are_read(encoding):
    assert decoded("Łódź\nΑθήνα".encode(encoding)).lstrip("\ufeff") == "Łódź\nΑθήνα"


@pytest.mark.parametrize("data", ["Łódź".encode("cp1250"), b"PK\x03\x04\0\0", b"\x89PNG\r\n\0"])
def test_other_files_are_refused_with_a_way_out(data):
    with pytest.raises(Unreadable, match="UTF-8"):
        decoded(data)


def test_names_are_compared_without_marks_and_case():
    assert fold("Saint-Étienne") == fold("SAINT ETIENNE")
    assert fold("Łódź") == "lodz"
    assert fold("L’Aquila") == fold("L'Aquila")
