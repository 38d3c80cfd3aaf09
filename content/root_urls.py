"""Addresses outside any language. Those within one are in urls.py."""

from django.urls import path
from wagtail.contrib.sitemaps.views import sitemap

from content.views import choose_language, robots, social_image

urlpatterns = [
    path("", choose_language, name="choose_language"),
    path("robots.txt", robots),
    path("sitemap.xml", sitemap),
    path("social/<int:pk>.png", social_image, name="social_image"),
]
