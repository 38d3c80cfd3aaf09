from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("appointments", "0002_add_audit_triggers_and_roles"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="outboxmail",
            name="appointments_to_send",
        ),
        migrations.AddField(
            model_name="keptcount",
            name="answers_due",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="outboxmail",
            name="dropped_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddIndex(
            model_name="outboxmail",
            index=models.Index(
                condition=models.Q(("dropped_at", None), ("failed_at", None), ("sent_at", None)),
                fields=["next_try_at"],
                name="appointments_to_send",
            ),
        ),
    ]
