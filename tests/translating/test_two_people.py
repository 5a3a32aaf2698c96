"""Two people on one record: nobody overwrites what the other has written without knowing it."""

import pytest

from tests.admin.conftest import as_sent
from tests.admin.test_every_form import address
from tests.factories import make_approach, make_event, make_policy_area, make_profile

pytestmark = pytest.mark.django_db


@pytest.fixture
def opened(client, editor):
    """Opens the form of a record and gives the way to send it later, with some of its fields changed."""
    client.force_login(editor)

    def opened(record):
        path = address(type(record), "change", record.pk)
        values = as_sent(client.get(path).content.decode())

        def send(**changes):
            return client.post(path, values | changes)

        return send

    return opened


@pytest.fixture
def approach(db):
    return make_approach(summary="<p>First</p>", started="2019", policy_areas=[make_policy_area()])


def errors_of(response, field):
    assert response.status_code == 200, "The form was accepted."
    return " ".join(response.context["adminform"].form.errors.get(field, []))


def test_the_second_to_save_a_text_sees_both_versions_and_overwrites_nothing(opened, editor, approach):
    first, second = opened(approach), opened(approach)
    first(summary_en="<p>By the first</p>")

    response = second(summary_en="<p>By the second</p>", website="https://example.org/")

    error = errors_of(response, "summary_en")
    assert "anna has changed this while you were writing" in error
    assert "By the first" in error
    assert "By the second" in error
    approach.refresh_from_db()
    assert (approach.summary_en, approach.website) == ("<p>By the first</p>", "")


def test_saving_again_without_a_choice_overwrites_nothing_either(opened, approach, client):
    first, second = opened(approach), opened(approach)
    first(summary_en="<p>By the first</p>")
    again = as_sent(second(summary_en="<p>By the second</p>").content.decode())

    response = client.post(address(type(approach), "change", approach.pk), again)

    assert "By the first" in errors_of(response, "summary_en")


@pytest.mark.parametrize(
    ("choice", "kept"), [("theirs", "<p>By the first</p>"), ("ours", "<p>By the second</p>")]
)
def test_the_second_chooses_the_version_that_stays(opened, approach, choice, kept):
    first, second = opened(approach), opened(approach)
    first(summary_en="<p>By the first</p>")
    form = second(summary_en="<p>By the second</p>").context["adminform"].form
    value = next(part for part in form.errors["summary_en"][0].split('"') if part.startswith(f"{choice} "))

    response = second(
        summary_en="<p>By the second</p>", website="https://example.org/", **{"summary_en-version": value}
    )

    assert response.status_code == 302
    approach.refresh_from_db()
    assert (approach.summary_en, approach.website) == (kept, "https://example.org/")


def test_a_choice_does_not_hold_for_a_third_version(opened, approach):
    first, second, third = opened(approach), opened(approach), opened(approach)
    first(summary_en="<p>By the first</p>")
    form = second(summary_en="<p>By the second</p>").context["adminform"].form
    value = next(part for part in form.errors["summary_en"][0].split('"') if part.startswith("ours "))
    approach.refresh_from_db()
    approach.summary_en = "<p>By a third</p>"
    approach.save()

    response = third(summary_en="<p>By the second</p>", **{"summary_en-version": value})

    assert "By a third" in errors_of(response, "summary_en")


def test_what_the_second_left_alone_stays_as_the_first_has_saved_it(opened, approach):
    first, second = opened(approach), opened(approach)
    area = make_policy_area()
    first(summary_en="<p>By the first</p>", started="2020", lead="joint", policy_areas=[str(area.pk)])

    response = second(summary_de="<p>Vom Zweiten</p>")

    assert response.status_code == 302
    approach.refresh_from_db()
    assert (approach.summary_en, approach.started, approach.lead) == ("<p>By the first</p>", "2020", "joint")
    assert approach.summary_de == "<p>Vom Zweiten</p>"
    assert list(approach.policy_areas.all()) == [area]


def test_the_same_change_by_both_is_none(opened, approach):
    first, second = opened(approach), opened(approach)
    first(summary_en="<p>The same</p>")

    assert second(summary_en="<p>The same</p>").status_code == 302


def test_a_choice_among_values_is_shown_in_words(opened, approach):
    first, second = opened(approach), opened(approach)
    first(lead="joint")

    error = errors_of(second(lead="civil-society"), "lead")

    assert "Led jointly" in error
    assert "Civil society" in error


def test_the_times_of_an_event_that_the_other_has_changed_stay(opened):
    event = make_event()
    first, second = opened(event), opened(event)
    first(start_0="2030-01-01", start_1="10:00:00", end_0="2030-01-01", end_1="12:00:00")
    event.refresh_from_db()
    start = event.start

    assert second(title_de="Auf Deutsch").status_code == 302

    event.refresh_from_db()
    assert (event.start, event.title_de) == (start, "Auf Deutsch")


def test_a_part_is_guarded_like_its_record(opened):
    profile = make_profile(takeaways=["A takeaway"])
    first, second = opened(profile), opened(profile)
    first(**{"takeaways-0-text_en": "By the first"})

    response = second(**{"takeaways-0-text_en": "By the second"})

    assert response.status_code == 200
    [formset] = [
        f.formset for f in response.context["inline_admin_formsets"] if f.formset.prefix == "takeaways"
    ]
    assert "By the first" in formset.errors[0]["text_en"][0]
    assert profile.takeaways.get().text_en == "By the first"


def test_markup_of_the_other_version_is_shown_as_text(opened, approach):
    approach.title_en = "<b>Bold</b>"
    first, second = opened(approach), opened(approach)
    first(title_en="<script>alert(1)</script>")

    assert "<script>" not in errors_of(second(title_en="Another"), "title_en")


@pytest.mark.parametrize("sent", ["", "nonsense", "[1]", '{"summary_en": 5}'])
def test_a_form_that_says_nothing_sensible_about_when_it_was_opened_is_no_crash(opened, approach, sent):
    assert opened(approach)(opened_with=sent).status_code in (200, 302)
