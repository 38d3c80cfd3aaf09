"""Nobody works with a password alone: a session that has seen no second factor is nobody's."""

from functools import partial

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.shortcuts import redirect
from django.utils.functional import SimpleLazyObject
from django_otp import user_has_device


def with_both_factors(user):
    """Return the user if the session has seen a second factor, and nobody if it has not."""
    if user.is_authenticated and settings.STAFF_SECOND_FACTOR and not user.is_verified():
        return AnonymousUser()
    return user


def enrolling_user(request):
    """The user who has shown a password and owns no second factor yet, or none.

    Whoever owns one must show it: a password must never be enough to enrol another.
    """
    user = request.password_user
    if request.user.is_authenticated or not user.is_authenticated or user_has_device(user):
        return None
    return user


class SecondFactorMiddleware:
    """Hide the user of a session that has seen no second factor, whichever view started it.

    Every view then treats the visitor as one who has not signed in; only the pages that enrol
    a second factor ask for `enrolling_user`. The login page sends on to them.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        # Lazily: public pages must not touch the user, or they would vary by cookie.
        request.password_user = request.user
        request.user = SimpleLazyObject(partial(with_both_factors, request.password_user))
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        is_login = request.resolver_match.view_name == "wagtailadmin_login"
        if is_login and request.method == "GET" and enrolling_user(request):
            return redirect("staff_accounts:enrol")
        return None
