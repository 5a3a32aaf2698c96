"""Pictures in content files: their texts in pictures.yaml, their files in the folder beside it."""

import io

import pytest
import yaml
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command

from approaches.models import Approach
from cities.models import City
from publishing import pictures
from publishing.models import Picture
from tests.content.test_export import clear, files
from tests.pictures import phone_photo, photo

pytestmark = pytest.mark.django_db

HARBOUR = {
    "slug": "harbour",
    "file": "Harbour at night.jpg",
    "alt": {"en": "Boats in the harbour", "pl": "Łodzie w porcie"},
    "caption": {"en": "The harbour in the evening"},
    "credit": {"en": "A Photographer"},
    "licence": {"en": "CC BY-SA 4.0"},
    "licence_url": "https://licences.example/by-sa/4.0/",
    "url": "https://photos.example/1",
}


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "media"


@pytest.fixture
def with_picture(folder):
    """A folder in which a city and an approach have the same picture."""
    folder.write("pictures.yaml", yaml.safe_dump([HARBOUR], allow_unicode=True, sort_keys=False))
    folder.write("pictures/Harbour at night.jpg", photo())
    folder.replace("municipalities.csv", "website\n", "website,picture\n")
    folder.replace("municipalities.csv", "https://gdansk.example/\n", "https://gdansk.example/,harbour\n")
    folder.replace("approaches/a-council.yaml", "website: null\n", "website: null\npicture: harbour\n")
    return folder


@pytest.fixture
def load(with_picture, django_capture_on_commit_callbacks):
    """Import the folder, to the end of the transaction."""

    def run(**options):
        with django_capture_on_commit_callbacks(execute=True):
            return with_picture.load(**options)

    return run


def test_a_picture_comes_with_its_texts_its_file_and_its_entries(load):
    assert "1  pictures" in load()

    picture = Picture.objects.get()
    assert (picture.slug, picture.alt_pl, picture.alt_de) == ("harbour", "Łodzie w porcie", None)
    assert City.objects.get(slug="gdansk").picture == Approach.objects.get().picture == picture
    assert default_storage.exists(picture.files.name(800, "avif"))


def test_content_without_pictures_needs_no_file_of_them(folder, export):
    assert "pictures" not in folder.load()
    assert not (export() / "pictures.yaml").exists()


def test_pictures_are_a_fixed_point_of_import_and_export(load, export, media):
    load()
    once = export("once")
    assert "file: harbour.jpg" in (once / "pictures.yaml").read_text()
    assert (once / "pictures" / "harbour.jpg").read_bytes() == photo()
    clear()

    call_command("import_content", once, verbosity=0, stdout=io.StringIO())

    assert files(export("twice")) == files(once)


def test_a_file_of_another_name_is_the_same_picture(load, with_picture):
    load()
    with_picture.write("pictures/other.jpg", photo())
    with_picture.replace("pictures.yaml", "Harbour at night.jpg", "other.jpg")

    assert "0 entries are new, 0 have changed." in load()


def test_a_file_with_metadata_is_imported_once(load, with_picture):
    with_picture.write("pictures/Harbour at night.jpg", phone_photo(turned=6))
    load()

    assert "0 entries are new, 0 have changed." in load()


def test_another_picture_in_the_file_takes_the_place_of_the_former(load, with_picture):
    load()
    former = Picture.objects.get()
    with_picture.write("pictures/Harbour at night.jpg", photo(1000, 1000))

    load()

    picture = Picture.objects.get()
    assert (picture.pk, picture.height) == (former.pk, 1000)
    assert not default_storage.exists(former.files.folder + "/original.jpg")


def test_a_changed_file_is_noticed_by_an_import_of_changes(load, with_picture):
    load()
    assert "have not changed" in load(if_changed=True)

    with_picture.write("pictures/Harbour at night.jpg", photo(1000, 1000))

    assert "1 have changed." in load(if_changed=True)


def test_what_an_editor_wrote_is_left_alone(load, with_picture):
    load()
    Picture.objects.update(alt_en="Ships")
    with_picture.replace("pictures.yaml", "The harbour in the evening", "The harbour")

    assert "pictures.yaml · harbour: changed by an editor, so not imported over" in load()


def test_a_dry_run_leaves_no_files(load, media):
    load(dry_run=True)

    assert not media.exists()


def test_an_export_removes_the_files_of_pictures_that_are_gone(load, export):
    load()
    folder = export()
    (folder / "pictures" / "README.md").write_text("kept")
    City.objects.update(picture=None)
    Approach.objects.update(picture=None)
    Picture.objects.all().delete()

    export()

    assert [path.name for path in (folder / "pictures").iterdir()] == ["README.md"]
    assert (folder / "pictures.yaml").read_text() == "[]\n"


def test_an_export_names_a_picture_whose_file_is_lost(load, export):
    load()
    pictures.delete(Picture.objects.get().digest)

    with pytest.raises(
        CommandError, match=r"pictures.yaml · harbour · file: The file of this picture is missing."
    ):
        export()


SLIPS = [
    ("pictures.yaml", "file: Harbour at night.jpg", "file: nothing.jpg", "pictures.yaml · harbour · file: Cannot be read: No such file or directory"),
    ("pictures.yaml", "file: Harbour at night.jpg", "file: ../networks.yaml", "pictures.yaml · harbour · file: The name of a file in the folder “pictures” is expected."),
    ("pictures.yaml", "file: Harbour at night.jpg", "file: ..", "pictures.yaml · harbour · file: "),
    ("pictures.yaml", "file: Harbour at night.jpg", "file:", "pictures.yaml · harbour · file: The name of a file in the folder “pictures” is expected."),
    ("pictures.yaml", "file: Harbour at night.jpg", "file: text.jpg", "pictures.yaml · harbour · file: This is no picture in one of the formats JPEG, PNG and WebP."),
    ("pictures.yaml", "en: Boats", "xx: Boats", "pictures.yaml · harbour · alt: “xx” is none of the languages"),
    ("pictures.yaml", "en: Boats in the harbour", "pl2: x", "pictures.yaml · harbour · alt"),
    ("pictures.yaml", "en: A Photographer", "", "pictures.yaml · harbour · credit: Write this text in at least one language."),
    ("pictures.yaml", "en: CC BY-SA 4.0", "", "pictures.yaml · harbour · licence: Write this text in at least one language."),
    ("pictures.yaml", "url: https://photos", "url: photos", "pictures.yaml · harbour · url: Enter a valid URL."),
    ("approaches/a-council.yaml", "picture: harbour", "picture: harbor", "approaches · a-council · picture: “harbor” refers to nothing: there is no picture of this name."),
    ("municipalities.csv", ",harbour", ",harbor", "municipalities.csv · gdansk · picture: “harbor” refers to nothing"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "right", "wrong", "message"), SLIPS)
def test_what_is_wrong_with_a_picture_is_named_with_its_place(with_picture, file, right, wrong, message):
    with_picture.write("pictures/text.jpg", b"text")
    with_picture.replace(file, right, wrong)

    errors = with_picture.errors()

    assert len(errors) == 1
    assert errors[0].startswith(message)
    assert not Picture.objects.exists()
