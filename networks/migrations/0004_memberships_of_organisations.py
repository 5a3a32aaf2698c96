import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import networks.models


def copy_links(apps, schema_editor):
    """Each link of an organisation to a network becomes a membership of which no more is known."""
    using = schema_editor.connection.alias
    links = apps.get_model("networks", "Organisation").networks.through.objects.using(using)
    memberships = apps.get_model("networks", "OrganisationMembership").objects.using(using)
    memberships.bulk_create(
        [
            memberships.model(organisation_id=organisation, network_id=network)
            for organisation, network in links.order_by("pk").values_list("organisation_id", "network_id")
        ],
        batch_size=500,
    )


def copy_back(apps, schema_editor):
    using = schema_editor.connection.alias
    links = apps.get_model("networks", "Organisation").networks.through.objects.using(using)
    memberships = apps.get_model("networks", "OrganisationMembership").objects.using(using)
    links.bulk_create(
        [
            links.model(organisation_id=organisation, network_id=network)
            for organisation, network in memberships.order_by("pk").values_list(
                "organisation_id", "network_id"
            )
        ],
        batch_size=500,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("networks", "0003_translations"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="OrganisationMembership",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("member", "Member"),
                            ("founder", "Founding member"),
                            ("secretariat", "Secretariat"),
                            ("signatory", "Signatory"),
                        ],
                        default="member",
                        max_length=12,
                        verbose_name="role",
                    ),
                ),
                (
                    "since",
                    models.PositiveSmallIntegerField(
                        blank=True, help_text="A year.", null=True, verbose_name="since"
                    ),
                ),
                (
                    "until",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="The year it ended; empty while it lasts.",
                        null=True,
                        verbose_name="until",
                    ),
                ),
                (
                    "source_url",
                    models.URLField(blank=True, default="", max_length=500, verbose_name="source"),
                ),
                (
                    "verified",
                    models.BooleanField(
                        default=False,
                        help_text="Somebody has read the source and found the membership in it.",
                        verbose_name="confirmed",
                    ),
                ),
                (
                    "network",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="organisation_memberships",
                        to="networks.network",
                        verbose_name="network",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="networks.organisation",
                        verbose_name="organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "membership of an organisation",
                "verbose_name_plural": "memberships of organisations",
                "ordering": ["network", "organisation"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("network", "organisation"),
                        name="organisation_membership_once",
                        violation_error_message="This organisation is in this network already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("since__isnull", True),
                            ("until__isnull", True),
                            ("until__gte", models.F("since")),
                            _connector="OR",
                        ),
                        name="organisationmembership_end_not_before_start",
                        violation_error_message="The end must not be before the start.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("verified", False), models.Q(("source_url", ""), _negated=True), _connector="OR"
                        ),
                        name="organisationmembership_confirmed_with_source",
                        violation_error_message="Only a membership with a source can be confirmed.",
                    ),
                ],
            },
        ),
        migrations.RunPython(copy_links, copy_back),
        # The table of the links goes; the memberships take its place.
        migrations.RemoveField(model_name="organisation", name="networks"),
        migrations.AddField(
            model_name="organisation",
            name="networks",
            field=models.ManyToManyField(
                related_name="organisations",
                through="networks.OrganisationMembership",
                to="networks.network",
                verbose_name="networks",
            ),
        ),
        migrations.CreateModel(
            name="Roll",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("lines", models.JSONField()),
                ("earlier", models.JSONField(default=list)),
                ("options", models.JSONField(default=dict)),
                ("choices", models.JSONField(default=networks.models.no_choices)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "network",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="networks.network",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"default_permissions": ()},
        ),
        migrations.CreateModel(
            name="Layout",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("nodes", models.JSONField()),
                ("digest", models.CharField(max_length=32)),
                ("computed_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={"default_permissions": ()},
        ),
    ]
