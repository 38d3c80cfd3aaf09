"""Addresses within a language, such as /en/feedback/12/. Those outside any are in root_urls.py."""

from django.urls import path

from content.feedback.views import give_feedback, thank_for_feedback
from content.search.views import search, search_path

app_name = "content"
urlpatterns = [
    path(search_path, search, name="search"),
    path("feedback/<int:pk>/", give_feedback, name="give_feedback"),
    path("feedback/<int:pk>/thanks/", thank_for_feedback, name="thank_for_feedback"),
]
