"""The site's addresses and one that fails."""

from django.urls import path

from clinic_site.urls import *  # noqa: F403
from clinic_site.urls import urlpatterns as site


def fail(request):
    raise RuntimeError


urlpatterns = [path("broken/", fail), *site]
