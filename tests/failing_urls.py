"""The site's addresses and some that fail."""

from django import db
from django.urls import path

from clinic_site.urls import *  # noqa: F403
from clinic_site.urls import urlpatterns as site


def fail(request):
    raise RuntimeError


def lose_database(request, error):
    raise getattr(db, error)


urlpatterns = [
    path("broken/", fail),
    path("away/<slug:error>/", lose_database),
    *site,
]
