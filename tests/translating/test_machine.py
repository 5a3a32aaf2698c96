"""Machine translation as a plug."""

import io
import sys
from types import ModuleType

import pytest
from django.contrib.admin.models import LogEntry
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.core.management import CommandError, call_command

from publishing.models import Translation
from publishing.translations import approve
from tests.factories import make_approach, make_person, make_profile
from translating import machine


class Reversing(machine.Translator):
    """Turns each word around; knows no Greek."""

    def available(self, source, target):
        return target != "el"

    def translate(self, texts, source, target):
        return [" ".join(word[::-1] for word in text.split()) for text in texts]


class Endless(Reversing):
    """Writes more than there is room for."""

    def translate(self, texts, source, target):
        return [text * 100 for text in texts]


@pytest.fixture
def reversing(settings):
    settings.MACHINE_TRANSLATION = f"{__name__}.Reversing"


def states(record, language="pl"):
    rows = Translation.objects.filter(kind=record._meta.label_lower, record=record.pk, language=language)
    return dict(rows.values_list("field", "state"))


def change(record, **texts):
    for column, text in texts.items():
        setattr(record, column, text)
    record.save()


# Off, and wrongly on


def test_machine_translation_is_off_unless_a_class_is_named(settings):
    assert settings.MACHINE_TRANSLATION == ""
    assert machine.translator() is None


def test_a_name_of_nothing_is_told_to_the_operator(settings):
    settings.MACHINE_TRANSLATION = "translating.machine.Nobody"

    with pytest.raises(ImproperlyConfigured, match="MACHINE_TRANSLATION"):
        machine.translator()


# Texts


@pytest.mark.usefixtures("reversing")
@pytest.mark.parametrize(
    ("text", "is_rich", "expected"),
    [
        ("Good day", False, "dooG yad"),
        ("A < B & C", False, "A < B & C"),
        (
            '<p>One <strong>two</strong> three.</p>\n<p>A &amp; B<br><a href="/x?a=1&amp;b=2">four</a></p>',
            True,
            '<p>enO <strong>owt</strong> .eerht</p>\n<p>A &amp; B<br><a href="/x?a=1&amp;b=2">ruof</a></p>',
        ),
        ("<p>Ask {operator} now: 12</p>", True, "<p>ksA {operator} :won 21</p>"),
        ("<p>12 – 13</p>", True, "<p>12 – 13</p>"),
        ("", False, ""),
    ],
)
def test_tags_places_and_numbers_stay_as_they_are(text, is_rich, expected):
    assert machine.translated([(text, is_rich)], "en", "pl") == [expected]


@pytest.mark.usefixtures("reversing")
def test_a_text_that_is_a_term_of_the_glossary_becomes_its_word():
    assert machine.translated([("Featured city", False), ("<p>Featured city</p>", True)], "en", "pl") == [
        "Prezentowane miasto",
        "<p>Prezentowane miasto</p>",
    ]


# Records


@pytest.mark.django_db
@pytest.mark.usefixtures("reversing")
def test_the_machine_writes_what_is_missing_and_nobody_has_approved_it():
    approach = make_approach(
        title="Lending", summary="<p>Good <em>day</em></p>", short_title=None, title_pl="Ludzie"
    )

    writing = machine.write(machine.waiting("pl").filter(kind="approaches.approach"))

    approach.refresh_from_db()
    assert writing == (1, 0, [])
    assert (approach.title_pl, approach.summary_pl) == ("Ludzie", "<p>dooG <em>yad</em></p>")
    assert states(approach) == {"title": "current", "summary": "machine"}


@pytest.mark.django_db
@pytest.mark.usefixtures("reversing")
def test_the_machine_renews_what_it_wrote_itself_but_leaves_people_alone():
    approach = make_approach(title="Lending", title_pl="Ludzie", summary="<p>Good</p>", short_title=None)
    machine.write(machine.waiting("pl").filter(kind="approaches.approach"))
    approach.refresh_from_db()
    change(approach, title_en="Borrowing", summary_en="<p>Better</p>")
    assert states(approach) == {"title": "outdated", "summary": "outdated"}

    machine.write(machine.waiting("pl").filter(kind="approaches.approach"))

    approach.refresh_from_db()
    assert (approach.title_pl, approach.summary_pl) == ("Ludzie", "<p>retteB</p>")
    assert states(approach) == {"title": "outdated", "summary": "machine"}


@pytest.mark.django_db
@pytest.mark.usefixtures("reversing")
def test_what_an_editor_approved_is_asked_for_no_more():
    approach = make_approach(short_title=None)
    of_approach = machine.waiting("pl").filter(kind="approaches.approach")
    machine.write(of_approach)

    approve(
        Translation.objects.filter(kind="approaches.approach", language="pl"), make_person("anna", "Editors")
    )

    assert set(states(approach).values()) == {"current"}
    assert not machine.waiting("pl").filter(kind="approaches.approach")


@pytest.mark.django_db
@pytest.mark.usefixtures("reversing")
def test_a_translator_lets_the_machine_write_ones_own_languages_only():
    make_approach()
    of_approach = machine.waiting("de").filter(kind="approaches.approach")

    with pytest.raises(PermissionDenied):
        machine.write(of_approach, make_person("ewa", "Translators", ["pl"]))


@pytest.mark.django_db
@pytest.mark.usefixtures("reversing")
def test_whoever_asks_the_machine_is_not_named_as_the_translator():
    ewa = make_person("ewa", "Translators", ["pl"])
    approach = make_approach()

    machine.write(machine.waiting("pl").filter(kind="approaches.approach", record=approach.pk), ewa)

    row = Translation.objects.filter(kind="approaches.approach", language="pl", state="machine").first()
    assert row.translated_at
    assert row.translated_by is None
    assert LogEntry.objects.filter(user=ewa).exists(), "The history of the entry says who it was."


@pytest.mark.django_db
@pytest.mark.usefixtures("reversing")
def test_a_pair_of_languages_that_the_machine_does_not_know_is_told():
    make_approach()

    with pytest.raises(machine.Unavailable, match="does not translate from English into Greek"):
        machine.write(machine.waiting("el").filter(kind="approaches.approach"))


@pytest.mark.django_db
def test_a_text_that_is_too_long_is_told_and_the_others_are_written(settings):
    settings.MACHINE_TRANSLATION = f"{__name__}.Endless"
    approach = make_approach("Long title", short_title=None)
    profile = make_profile(subtitle="Long subtitle")

    writing = machine.write(machine.waiting("pl").filter(kind__in=["approaches.approach", "cities.profile"]))

    assert writing.written == 0
    assert len(writing.problems) == 2
    assert "Long title: Ensure this value has at most 250 characters" in writing.problems[0]
    assert set((states(approach) | states(profile)).values()) == {"missing"}


@pytest.mark.django_db
@pytest.mark.usefixtures("reversing")
def test_the_machine_stops_after_its_time_and_says_what_is_left(monkeypatch):
    for _number in range(3):
        make_approach(short_title=None)
    clock = iter([0, 1, 20])
    monkeypatch.setattr(machine, "monotonic", lambda: next(clock))

    writing = machine.write(machine.waiting("pl").filter(kind="approaches.approach"), seconds=15)

    assert writing == (2, 4, [])


# The command


@pytest.mark.django_db
@pytest.mark.usefixtures("reversing")
def test_the_command_translates_a_kind_with_its_parts():
    approach, profile = make_approach(), make_profile(takeaways=["First"])
    out = io.StringIO()

    call_command("translate_missing", language="pl", kind=["cities.profile"], stdout=out)

    assert set(states(approach).values()) == {"missing"}
    assert set(states(profile).values()) | set(states(profile.takeaways.get()).values()) == {"machine"}
    assert out.getvalue() == "3 texts are translated into pl and wait to be approved.\n"


@pytest.mark.django_db
def test_the_command_says_that_the_machine_is_off():
    with pytest.raises(CommandError, match="Machine translation is off"):
        call_command("translate_missing", language="pl")


@pytest.mark.django_db
@pytest.mark.usefixtures("reversing")
def test_the_command_says_that_a_language_cannot_be_had():
    make_approach()

    with pytest.raises(CommandError, match="into Greek"):
        call_command("translate_missing", language="el")


# On the desk


@pytest.fixture
def translating(client):
    """A browser in which a translator into Polish has signed in."""
    client.force_login(make_person("ewa", "Translators", ["pl"]))
    return client


def suggest(client, *entries, language="pl", **fields):
    return client.post(f"/admin/translate/{language}/machine/", {"entry": entries, **fields}, follow=True)


@pytest.mark.django_db
@pytest.mark.usefixtures("reversing")
def test_the_desk_offers_the_machine_where_it_is_on(translating):
    approach = make_approach(short_title=None)

    assert "by machine" in translating.get("/admin/translate/pl/").content.decode()
    page = suggest(translating, f"approaches.approach:{approach.pk}", back="entry")

    assert page.request["PATH_INFO"] == f"/admin/translate/pl/approaches.approach/{approach.pk}/"
    assert "The machine has translated 2 texts. They wait to be approved." in page.content.decode()
    assert set(states(approach).values()) == {"machine"}
    row = Translation.objects.filter(record=approach.pk, kind="approaches.approach", language="pl").first()
    assert row.approved_by is None


@pytest.mark.django_db
def test_the_desk_does_not_mention_the_machine_where_it_is_off(translating):
    approach = make_approach()

    assert "Suggest missing texts by machine" not in translating.get("/admin/translate/pl/").content.decode()
    page = suggest(translating, f"approaches.approach:{approach.pk}")
    assert "Machine translation is off on this site." in page.content.decode()


@pytest.mark.django_db
@pytest.mark.usefixtures("reversing")
@pytest.mark.parametrize(
    "entry", ["", "approaches.approach:x", "auth.user:1", "approaches.approach:99999999"]
)
def test_the_machine_is_asked_about_nothing(translating, entry):
    page = suggest(translating, entry)

    assert "Nothing is missing in what you have chosen." in page.content.decode()


@pytest.mark.django_db
@pytest.mark.usefixtures("reversing")
def test_the_machine_is_not_for_other_languages_or_for_strangers(translating, client):
    approach = make_approach()

    assert suggest(translating, f"approaches.approach:{approach.pk}", language="de").status_code == 403
    client.logout()
    suggest(client, f"approaches.approach:{approach.pk}")

    assert set(states(approach).values()) == {"missing"}


@pytest.mark.django_db
def test_whoever_signs_in_again_meanwhile_comes_back_to_the_list(translating):
    assert translating.get("/admin/translate/pl/machine/").url == "/admin/translate/pl/"


# Argos Translate, of which this is the part that is used


class Language:
    def __init__(self, code):
        self.code = code
        self.others = {}

    def get_translation(self, other):
        return self.others.get(other.code)


class PackageTranslation:
    """Translates each sentence that its sentencizer finds; its own one would go to the network."""

    def __init__(self, mark):
        self.mark = mark
        self.sentencizer = None

    def translate(self, text):
        return " ".join(f"{self.mark}{sentence}" for sentence in self.sentencizer.split_sentences(text))


class CachedTranslation:
    def __init__(self, underlying):
        self.underlying = underlying

    def translate(self, text):
        return self.underlying.translate(text)


class CompositeTranslation:
    def __init__(self, first, second):
        self.t1, self.t2 = first, second

    def translate(self, text):
        return self.t2.translate(self.t1.translate(text))


@pytest.fixture
def argos(settings, monkeypatch):
    """The package with models for English → Polish and, by way of Polish, for English → German."""
    english, polish, german = Language("en"), Language("pl"), Language("de")
    english.others["pl"] = CachedTranslation(PackageTranslation("pl:"))
    english.others["de"] = CompositeTranslation(
        english.others["pl"], CachedTranslation(PackageTranslation("de:"))
    )
    package, translate = ModuleType("argostranslate"), ModuleType("argostranslate.translate")
    package.translate = translate
    translate.get_installed_languages = lambda: [english, polish, german]
    monkeypatch.setitem(sys.modules, "argostranslate", package)
    monkeypatch.setitem(sys.modules, "argostranslate.translate", translate)
    settings.MACHINE_TRANSLATION = "translating.machine.Argos"
    machine.argos.cache_clear()
    yield
    machine.argos.cache_clear()


@pytest.mark.usefixtures("argos")
def test_argos_translates_sentence_by_sentence_without_its_own_way_to_find_them():
    text = "It opens at 9. Städte, e.g. Bern, do it too! “Why?” Nobody knows."

    (translated,) = machine.translated([(text, False)], "en", "pl")

    assert translated == "pl:It opens at 9. pl:Städte, e.g. Bern, do it too! pl:“Why?” Nobody knows."


@pytest.mark.usefixtures("argos")
def test_argos_goes_by_way_of_a_third_language():
    assert machine.translated([("<p>One.</p>", True)], "en", "de") == ["<p>de:pl:One.</p>"]


@pytest.mark.usefixtures("argos")
@pytest.mark.parametrize(("target", "known"), [("pl", True), ("de", True), ("fr", False)])
def test_argos_knows_the_languages_of_its_models(target, known):
    assert machine.translator().available("en", target) is known


@pytest.mark.usefixtures("argos")
def test_argos_without_a_model_for_two_of_its_languages_says_so():
    assert machine.translator().available("pl", "en") is False


def test_argos_without_its_package_says_so(settings):
    settings.MACHINE_TRANSLATION = "translating.machine.Argos"
    machine.argos.cache_clear()

    with pytest.raises(machine.Unavailable, match="“argostranslate” is not installed"):
        machine.translator().available("en", "pl")
