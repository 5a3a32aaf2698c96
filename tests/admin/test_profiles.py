"""A profile with its takeaways, sources and key figures on one screen."""

import pytest

from cities.models import KeyFigure, Profile
from tests.factories import make_city, make_key_figure, make_profile, make_source

ADD = "/admin/cities/profile/add/"


def change(profile):
    return f"/admin/cities/profile/{profile.pk}/change/"


def rows(prefix, *values, total=None):
    """New rows of a form: rows("sources", {"title": …}) or, after two that are there, rows(…, total=3)."""
    total = total or len(values)
    first = total - len(values)
    fields = {
        f"{prefix}-{number}-{name}": value
        for number, row in enumerate(values, first)
        for name, value in row.items()
    }
    return {f"{prefix}-TOTAL_FORMS": str(total)} | fields


def test_a_whole_profile_is_saved_at_once_with_figures_from_sources_of_the_same_form(submit, errors):
    city = make_city()

    response = submit(
        ADD,
        city=str(city.pk),
        subtitle_en="Arriving",
        summary_en="<p>A summary.</p>",
        summary_pl="<p>Podsumowanie.</p>",
        status="published",
        **rows("takeaways", {"text_en": "First."}, {"text_en": "Second.", "text_pl": "Drugie."}),
        **rows("sources", {"title": "Report", "date": "2016"}, {"title": "Census"}),
        **rows("key_figures", {"label_en": "Residents", "value": "466631", "cited": "1"}),
    )

    assert response.status_code == 302, errors(response)
    profile = Profile.objects.get(city=city)
    assert [takeaway.text_en for takeaway in profile.takeaways.all()] == ["First.", "Second."]
    assert [source.title for source in profile.sources.all()] == ["Report", "Census"]
    assert profile.key_figures.get().source.title == "Census"
    assert (profile.summary_pl, profile.summary_fr) == ("<p>Podsumowanie.</p>", None)


def test_a_figure_can_be_moved_to_a_source_that_is_added_with_it(submit):
    profile = make_profile(figures=[{"label": "Residents"}])

    submit(change(profile), **rows("sources", {"title": "Census"}, total=2), **{"key_figures-0-cited": "1"})

    assert profile.key_figures.get().source.title == "Census"


@pytest.mark.parametrize("cited", ["7", "x", "-1"])
def test_a_source_of_another_profile_cannot_be_cited(submit, errors, cited):
    profile = make_profile(figures=[{"label": "Residents"}])

    response = submit(change(profile), **{"key_figures-0-cited": cited})

    assert errors(response) == {
        "key_figures-0-cited": ["The source of a key figure must be one of the same profile."]
    }


def test_a_source_that_a_figure_cites_cannot_be_deleted(submit, errors):
    profile = make_profile(figures=[{"label": "Residents"}])

    response = submit(change(profile), **{"sources-0-DELETE": "on"})

    assert response.status_code == 200
    assert (
        "This source is about to be deleted. Choose another one." in errors(response)["key_figures-0-cited"]
    )
    assert profile.sources.exists()


def test_a_figure_needs_its_source(submit, errors):
    profile = make_profile()

    response = submit(
        change(profile), **rows("key_figures", {"label_en": "Residents", "value": "1", "cited": ""})
    )

    assert "key_figures-0-cited" in errors(response)
    assert not KeyFigure.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "field", "message"),
    [
        ({"unit": "per"}, "unit", "The unit is empty, “percent”, or three capital letters of a currency."),
        ({"share": "101"}, "share", "A share lies between 0 and 100 percent."),
    ],
)
def test_what_is_wrong_with_a_figure_is_said_in_its_row(submit, errors, wrong, field, message):
    profile = make_profile(figures=[{"label": "Residents"}])

    response = submit(change(profile), **{f"key_figures-0-{name}": value for name, value in wrong.items()})

    assert errors(response) == {f"key_figures-0-{field}": [message]}


def test_rows_keep_the_order_of_their_numbers(submit):
    profile = make_profile(takeaways=["one", "two", "three"])

    submit(change(profile), **{"takeaways-2-number": "1"})

    assert [takeaway.text_en for takeaway in profile.takeaways.all()] == ["three", "one", "two"]
    assert [takeaway.position for takeaway in profile.takeaways.all()] == [0, 1, 2]


def test_a_deleted_row_leaves_no_gap(submit):
    profile = make_profile(takeaways=["one", "two", "three"])

    submit(change(profile), **{"takeaways-0-DELETE": "on"})

    assert [(row.position, row.text_en) for row in profile.takeaways.all()] == [(0, "two"), (1, "three")]


def test_a_figure_shows_no_zeros_that_mean_nothing(editing):
    profile = make_profile()
    make_key_figure(profile, value="25.4000", share="10.0000")

    page = editing.get(change(profile)).content.decode()

    assert 'value="25.4"' in page
    assert 'value="10"' in page


def test_a_required_text_may_be_in_any_language(submit, errors):
    city = make_city()
    texts = {"subtitle_el": "Άφιξη", "summary_el": "<p>Κείμενο.</p>"}

    response = submit(ADD, city=str(city.pk), **texts)

    assert response.status_code == 302, errors(response)
    assert Profile.objects.get().languages == ["el"]


def test_a_required_text_is_in_one_language_at_least(submit, errors):
    response = submit(ADD, city=str(make_city().pk), subtitle_en="Arriving", summary_en="<p></p>")

    assert errors(response) == {"summary_en": ["Write this text in at least one language."]}


@pytest.mark.parametrize("language", ["en", "pl"])
def test_a_text_that_is_emptied_is_missing_again(submit, editing, language):
    profile = make_profile(summary_pl="<p>Podsumowanie.</p>", subtitle_pl="Przybycie")
    editing.cookies["language"] = language

    submit(change(profile), summary_pl="<p></p>", subtitle_pl=" ")

    profile.refresh_from_db()
    assert (profile.summary_pl, profile.subtitle_pl) == (None, None)


def test_rich_text_is_cleaned(submit):
    profile = make_profile()

    submit(change(profile), summary_en='<p onclick="x()">A <b>text</b>.</p><script>x()</script>')

    profile.refresh_from_db()
    assert profile.summary_en == "<p>A text.</p>"


def test_the_profile_of_a_city_that_is_no_longer_public_has_no_page(editing):
    profile = make_profile(make_city(status="archived"))

    response = editing.get(change(profile))

    assert response.context["absolute_url"] is None
    assert "Its city is not public, so there is no page to view." in response.content.decode()


def test_sources_of_two_profiles_stay_apart(submit):
    profile, other = make_profile(figures=[{"label": "Residents"}]), make_profile()
    foreign = make_source(other)

    submit(change(profile), **{"sources-0-id": str(foreign.pk)})

    assert profile.key_figures.get().source.profile == profile
    assert other.sources.filter(pk=foreign.pk).exists()
