import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

from clinic_site.appointments.search_terms import terms_of

BATCH = 2000
FOUND_BY = ["name", "requester_name", "reference", "email", "phone"]


def store_terms(apps, schema_editor):
    """Make the requests that are there findable."""
    terms = apps.get_model("appointments", "SearchTerm").objects
    requests = apps.get_model("appointments", "AppointmentRequest").objects
    rows = []
    for request in requests.only(*FOUND_BY).iterator(BATCH):
        rows += [terms.model(request_id=request.pk, term=term) for term in terms_of(request)]
        if len(rows) >= BATCH:
            terms.bulk_create(rows)
            rows = []
    terms.bulk_create(rows)


class Migration(migrations.Migration):
    dependencies = [
        ("appointments", "0003_drop_stale_mail_and_count_answers_due"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SearchTerm",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("term", models.CharField(max_length=254)),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.RemoveIndex(
            model_name="appointmentrequest",
            name="appointments_inbox",
        ),
        migrations.RemoveIndex(
            model_name="appointmentrequest",
            name="appointments_email",
        ),
        migrations.RemoveIndex(
            model_name="appointmentrequest",
            name="appointments_flagged",
        ),
        migrations.AddIndex(
            model_name="appointmentrequest",
            index=models.Index(fields=["state", "due_on", "id"], name="appointments_inbox"),
        ),
        migrations.AddIndex(
            model_name="appointmentrequest",
            index=models.Index(
                django.db.models.functions.text.Upper("email"), name="appointments_email"
            ),
        ),
        migrations.AddIndex(
            model_name="appointmentrequest",
            index=models.Index(
                condition=models.Q(
                    ("mail_failed", True),
                    models.Q(
                        models.Q(
                            ("sounds_urgent", True), ("asks_another_time", True), _connector="OR"
                        ),
                        (
                            "state__in",
                            frozenset(
                                [
                                    "awaiting_patient",
                                    "in_review",
                                    "new",
                                    "quarantined",
                                    "waitlisted",
                                ]
                            ),
                        ),
                    ),
                    _connector="OR",
                ),
                fields=["due_on", "id"],
                name="appointments_flagged",
            ),
        ),
        migrations.AddIndex(
            model_name="appointmentrequest",
            index=models.Index(
                condition=models.Q(
                    (
                        "state__in",
                        frozenset(
                            [
                                "awaiting_patient",
                                "in_review",
                                "new",
                                "quarantined",
                                "scheduled",
                                "waitlisted",
                            ]
                        ),
                    )
                ),
                fields=["due_on", "id", "state", "reason", "language", "channel", "created_at"],
                name="appointments_promises",
            ),
        ),
        migrations.AddIndex(
            model_name="appointmentrequest",
            index=models.Index(
                condition=models.Q(("state", "scheduled")),
                fields=[
                    "starts_at",
                    "ends_at",
                    "id",
                    "state",
                    "reason",
                    "language",
                    "channel",
                    "created_at",
                ],
                name="appointments_booked",
            ),
        ),
        migrations.AddIndex(
            model_name="appointmentrequest",
            index=models.Index(
                condition=models.Q(
                    (
                        "state__in",
                        frozenset(
                            [
                                "cancelled",
                                "declined",
                                "duplicate",
                                "spam",
                                "unreachable",
                                "withdrawn",
                            ]
                        ),
                    )
                ),
                fields=[
                    "-closed_at",
                    "-id",
                    "state",
                    "reason",
                    "language",
                    "channel",
                    "created_at",
                ],
                name="appointments_closed",
            ),
        ),
        migrations.AddField(
            model_name="searchterm",
            name="request",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="terms",
                to="appointments.appointmentrequest",
            ),
        ),
        migrations.AddIndex(
            model_name="searchterm",
            index=models.Index(
                fields=["term", "request"],
                name="appointments_term",
                opclasses=["varchar_pattern_ops", "int8_ops"],
            ),
        ),
        migrations.AddConstraint(
            model_name="searchterm",
            constraint=models.UniqueConstraint(
                fields=("request", "term"), name="appointments_one_term"
            ),
        ),
        migrations.RunPython(store_terms, migrations.RunPython.noop),
    ]
