"""Editors upload pictures, choose them for entries, and hear what is wrong with a file."""

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from publishing.models import Picture
from tests.factories import make_approach, make_city, make_picture
from tests.pictures import file_of, phone_photo, photo

ADD = "/admin/publishing/picture/add/"
TEXTS = {"alt_en": "Boats in the harbour", "credit_en": "A Photographer", "licence_en": "CC BY-SA 4.0"}


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def upload(content=None, name="Harbour_at night.JPG"):
    return SimpleUploadedFile(name, photo() if content is None else content, "image/jpeg")


def test_an_editor_uploads_a_picture(submit, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        response = submit(ADD, file=upload(phone_photo(1300, 900)), caption_pl="Port", **TEXTS)

    assert response.status_code == 302
    picture = Picture.objects.get()
    assert (picture.slug, picture.width, picture.height) == ("harbour-at-night", 1300, 900)
    assert (picture.alt_en, picture.alt_pl, picture.caption_pl) == ("Boats in the harbour", None, "Port")
    for name, _width, _ending in picture.files.versions():
        assert default_storage.exists(name)
    with default_storage.open(f"{picture.files.folder}/original.jpg") as file:
        assert b"A Phone" not in file.read()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"<svg/>", "This is no picture in one of the formats JPEG, PNG and WebP."),
        (photo()[:2000], "The picture is damaged and cannot be read."),
        (photo(200, 200), "The picture is too small: it has to be at least 400 pixels wide."),
        (b"\xff" * 20_000_001, "The file is too large: at most 20 MB."),
        (
            file_of(Image.new("1", (20000, 20000)), "PNG"),
            "The picture is too large: at most 40 million pixels.",
        ),
        (b"", "The submitted file is empty."),
    ],
    ids=["no picture", "damaged", "small", "many bytes", "many pixels", "empty"],
)
def test_what_is_wrong_with_a_file_stands_beside_it(submit, errors, content, message):
    response = submit(ADD, file=upload(content), **TEXTS)

    assert errors(response) == {"file": [message]}
    assert not Picture.objects.exists()


def test_a_picture_needs_a_file_and_its_texts_in_some_language(submit, errors):
    missing = "Write this text in at least one language."

    assert errors(submit(ADD)) == {
        "file": ["This field is required."],
        "alt_en": [missing],
        "credit_en": [missing],
        "licence_en": [missing],
    }


def test_texts_are_changed_without_sending_the_file_again(submit):
    picture = make_picture()

    response = submit(f"/admin/publishing/picture/{picture.pk}/change/", alt_en="Ships")

    assert response.status_code == 302
    former = picture.digest
    picture.refresh_from_db()
    assert (picture.alt_en, picture.digest) == ("Ships", former)


def test_a_new_file_replaces_the_former_one(submit, django_capture_on_commit_callbacks):
    submit(ADD, file=upload(), **TEXTS)
    picture = Picture.objects.get()

    with django_capture_on_commit_callbacks(execute=True):
        submit(f"/admin/publishing/picture/{picture.pk}/change/", file=upload(photo(1000, 500)))

    changed = Picture.objects.get()
    assert (changed.slug, changed.width) == (picture.slug, 1000)
    assert changed.digest != picture.digest


def test_an_entry_is_given_a_picture_which_its_form_then_shows(submit, editing):
    city = make_city(population=None)
    picture = make_picture()
    form = f"/admin/cities/city/{city.pk}/change/"

    assert submit(form, picture=picture.pk).status_code == 302

    city.refresh_from_db()
    assert city.picture == picture
    assert f"/media/pictures/{picture.digest}/400.webp" in editing.get(form).content.decode()


def test_a_picture_is_found_by_what_it_shows(editing):
    picture = make_picture(alt_pl="Łodzie w porcie")
    make_picture(alt="A market")

    found = editing.get(
        "/admin/autocomplete/",
        {"term": "porcie", "app_label": "approaches", "model_name": "approach", "field_name": "picture"},
    ).json()

    assert [row["id"] for row in found["results"]] == [str(picture.pk)]


def test_a_picture_says_which_entries_show_it(editing):
    picture = make_picture()
    city, approach = make_city("City 1", picture=picture), make_approach(title="An approach", picture=picture)

    page = editing.get(f"/admin/publishing/picture/{picture.pk}/change/").content.decode()

    assert f'<a href="/admin/cities/city/{city.pk}/change/">City 1</a>' in page
    assert f'<a href="/admin/approaches/approach/{approach.pk}/change/">An approach</a>' in page


def test_pictures_that_no_entry_shows_are_listed(editing):
    make_city(picture=make_picture(alt="Used"))
    make_picture(alt="Spare")

    spare = editing.get("/admin/publishing/picture/?used=no").content.decode()
    used = editing.get("/admin/publishing/picture/?used=yes").content.decode()

    assert ("Spare" in spare, "Used" in spare) == (True, False)
    assert ("Spare" in used, "Used" in used) == (False, True)


def test_a_picture_in_use_cannot_be_deleted_and_says_where_it_is(editing):
    picture = make_picture()
    make_city("City 1", picture=picture)

    page = editing.get(f"/admin/publishing/picture/{picture.pk}/delete/").content.decode()
    editing.post(f"/admin/publishing/picture/{picture.pk}/delete/", {"post": "yes"})

    assert "City 1" in page
    assert Picture.objects.filter(pk=picture.pk).exists()


def test_a_short_name_is_given_once(submit, errors):
    make_picture(slug="harbour")

    assert errors(submit(ADD, file=upload(), slug="harbour", **TEXTS)) == {
        "slug": ["Another picture has this short name already."]
    }
