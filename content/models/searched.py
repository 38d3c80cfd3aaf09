"""What search knows of the live pages. Nobody edits it: `content.search.index` writes it."""

import random

from django.contrib.contenttypes.models import ContentType
from django.db import models
from wagtail.models import Page

LONGEST_STEM = 60


def draw_stamp():
    return random.randrange(2**31)


class SearchedPage(models.Model):
    """The texts of a live page as search shows and weighs them.

    Names and sentences stand one on each line, and their stems on the same line of their own field.
    """

    page = models.OneToOneField(Page, on_delete=models.CASCADE, primary_key=True, related_name="+")
    language = models.CharField(max_length=10)
    names = models.TextField()
    name_stems = models.TextField()
    summary_stems = models.TextField()
    sentences = models.TextField()
    sentence_stems = models.TextField()
    # Another one whenever the page is written: their sum tells whether any page has changed.
    stamp = models.IntegerField(default=draw_stamp)

    wagtail_reference_index_ignore = True

    class Meta:
        indexes = [models.Index(fields=["language", "stamp"], name="searched_page_stamp")]

    def __str__(self):
        return self.names.partition("\n")[0]


class SearchedWord(models.Model):
    """A stem that a live page holds, in a name or in its text."""

    pk = models.CompositePrimaryKey("page_id", "stem")
    # No index of its own: the primary key opens with it.
    page = models.ForeignKey(
        SearchedPage, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    stem = models.CharField(max_length=LONGEST_STEM)
    # The page's, so that choosing among thousands of pages reads nothing but the index.
    language = models.CharField(max_length=10)
    page_type = models.ForeignKey(
        ContentType, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    is_in_name = models.BooleanField()
    is_in_text = models.BooleanField()

    wagtail_reference_index_ignore = True

    class Meta:
        indexes = [
            models.Index(
                fields=["language", "stem", "page_type", "page", "is_in_name", "is_in_text"],
                name="searched_word",
            )
        ]

    def __str__(self):
        return self.stem
