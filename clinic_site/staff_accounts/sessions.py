"""How long staff stay signed in: half an hour without work, twelve hours at most."""

from functools import partial
from time import time

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.contrib.sessions.models import Session
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

SIGNED_IN_AT, SEEN_AT = "signed_in_at", "seen_at"
# A session is stored anew at most this often, in seconds.
STEP = 60
# What an open page asks by itself, with nobody at the keyboard.
UNATTENDED = "wagtailadmin_editing_sessions:"


def connect():
    user_logged_in.connect(note_start, dispatch_uid="note_start")
    user_logged_out.connect(end_all, dispatch_uid="end_all")


def note_start(request, **kwargs):
    request.session[SIGNED_IN_AT] = request.session[SEEN_AT] = int(time())


def end_all(user, **kwargs):
    """Whoever signs out is signed out everywhere."""
    if user is not None:
        end_sessions(user)


def end_sessions(user, keep=None):
    """End the sessions of this user, except the one with the key `keep`."""
    for session in Session.objects.filter(expire_date__gt=timezone.now()):
        is_theirs = session.get_decoded().get(SESSION_KEY) == str(user.pk)
        if is_theirs and session.session_key != keep:
            session.delete()


def unless_over(session, user):
    """Return the user, or nobody if the session began too long ago."""
    age = time() - session.get(SIGNED_IN_AT, 0)
    if user.is_authenticated and age > settings.STAFF_SESSION_HOURS * 3600:
        session.flush()
        return AnonymousUser()
    return user


class SessionLifetimeMiddleware:
    """End sessions in time, and put off the end of those that somebody works in.

    Django drops a session SESSION_COOKIE_AGE seconds after it was last stored.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        # Lazily: public pages must not touch the session, or they would vary by cookie.
        request.user = SimpleLazyObject(partial(unless_over, request.session, request.user))
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        is_attended = not request.resolver_match.view_name.startswith(UNATTENDED)
        if request.path.startswith("/admin/") and is_attended and request.user.is_authenticated:
            now = int(time())
            if now - request.session.get(SEEN_AT, 0) >= STEP:
                request.session[SEEN_AT] = now
