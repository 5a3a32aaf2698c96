"""Static files as production serves them."""

from django.core.management import call_command
from django.test import override_settings


def test_the_styles_are_one_file_in_production(tmp_path):
    storages = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "publishing.storage.JoinedStaticFilesStorage"},
    }
    with override_settings(STATIC_ROOT=tmp_path, STORAGES=storages):
        call_command("collectstatic", interactive=False, verbosity=0)

    (joined,) = tmp_path.glob("css/site.*.css")
    styles = joined.read_text()
    assert "@import" not in styles
    assert ".breadcrumb" in styles
    assert "--paper" in styles
    assert (tmp_path / f"css/{joined.name}.br").exists()
