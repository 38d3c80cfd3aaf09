"""Fills a scratch database with invented requests, to see how the desk works among a million."""

import time

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.utils import timezone

from clinic_site.appointments.management.invented import KEY, invent
from clinic_site.appointments.models import AppointmentRequest, Reason, SearchTerm
from clinic_site.appointments.search_terms import rows_for

BATCH = 5000
STAFF = 20


class Command(BaseCommand):
    help = "Make that many invented requests. Ended early, it goes on where it was."

    def add_arguments(self, parser):
        parser.add_argument("number", type=int)
        parser.add_argument(
            "--scratch", action="store_true", help="This database is scratch, though DEBUG is off."
        )

    def handle(self, number, scratch, **options):
        if not (settings.DEBUG or scratch):
            raise CommandError("This is no development site. --scratch says that nobody needs it.")
        if AppointmentRequest.objects.exclude(key__startswith=KEY).exists():
            raise CommandError("Somebody's requests are in this database: nothing was made.")
        began = time.monotonic()
        made = AppointmentRequest.objects.count()
        self.make(range(made + 1, number + 1))
        learn()
        self.stdout.write(f"{max(number - made, 0)} made in {time.monotonic() - began:.0f} s")

    def make(self, numbers):
        reasons, staff = list(Reason.objects.all()), invented_staff()
        if not reasons:
            raise CommandError("There is no reason for a visit yet: run seed_reasons first.")
        now = timezone.now()
        for start in range(0, len(numbers), BATCH):
            batch = numbers[start : start + BATCH]
            store([invent(number, reasons, staff, now) for number in batch])
            if batch[-1] % (BATCH * 10) == 0:
                self.stdout.write(f"  {batch[-1]} of {numbers[-1]} requests")


def learn():
    """Let the database see how much there is, as it does by itself in time."""
    statement = "VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE"
    with connection.cursor() as cursor:
        cursor.execute(statement)


@transaction.atomic
def store(requests):
    AppointmentRequest.objects.bulk_create(requests)
    SearchTerm.objects.bulk_create(rows_for(requests))


def invented_staff():
    """People who claim the requests and can never sign in."""
    users = get_user_model().objects
    names = [f"invented-{number}" for number in range(1, STAFF + 1)]
    known = set(users.filter(username__in=names).values_list("username", flat=True))
    users.bulk_create(
        users.model(username=name, is_active=False, password="!")
        for name in names
        if name not in known
    )
    return list(users.filter(username__in=names))
