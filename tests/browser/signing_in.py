"""Signing in by the form, as staff do."""

from django_otp.plugins.otp_static.models import StaticDevice, StaticToken


def recovery_code(user):
    """A code that works once, and however long a busy machine takes to type it."""
    device = StaticDevice.objects.create(user=user, name="Of the tests")
    code = StaticToken.random_token()
    StaticToken.objects.create(device=device, token=code)
    return code


def sign_in(page, user, password):
    """Open the admin and sign in with all three: name, password and code."""
    page.goto("/admin/")
    page.get_by_label("Username").fill(user.username)
    page.get_by_label("Password").fill(password)
    page.get_by_label("Code").fill(recovery_code(user))
    page.get_by_role("button", name="Sign in").click()
