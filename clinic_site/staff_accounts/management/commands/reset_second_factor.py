"""Let somebody in again who lost the phone and the recovery codes, when nobody else can help."""

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from clinic_site.staff_accounts.resetting import reset_second_factor


class Command(BaseCommand):
    help = "Remove an account's second factor; its next sign-in sets up a new one."

    def add_arguments(self, parser):
        parser.add_argument("name", help="the user name of the account")

    def handle(self, name, **options):
        users = get_user_model().objects
        user = users.filter(username=name).first()
        if user is None:
            raise CommandError("There is no account of this name.")
        reset_second_factor(user)
        self.stdout.write(f"{name}: the next sign-in needs the password and sets up a new one.")
