"""Wagtail's command, which remembers here when it last ran."""

from wagtail.management.commands import publish_scheduled

from clinic_site.operations.timers import note_run


class Command(publish_scheduled.Command):
    def handle(self, *args, **options):
        super().handle(*args, **options)
        if not options["dryrun"]:
            note_run("publish_scheduled")
