"""What a translation follows, and whether a qualified person has checked it."""

import hashlib
from html import unescape
from typing import Any

from django.conf import settings
from django.db import models
from wagtail.models import Locale

# What is known of a translation. It belongs to the page, not to one of its revisions.
TRANSLATION_RECORD = ("english_now", "english_followed", "own_followed", "checked_text")


def digest(pieces):
    """A short fingerprint of pieces of text: equal exactly when the texts are."""
    return hashlib.sha256("\x1f".join(pieces).encode()).hexdigest()[:32]


def plain(piece):
    """A text without what may differ in how it is stored."""
    return " ".join(unescape(piece).split())


class Translated:
    """Something that stands in one language, and in English first."""

    locale: Locale

    @property
    def is_original(self):
        return self.locale.language_code == settings.LANGUAGE_CODE

    @property
    def english_original(self):
        """What this is a translation of; none of the original itself, or once that was deleted."""
        return None if self.is_original else self.get_translation_or_none(Locale.get_default())

    # Provided by Wagtail's TranslatableMixin.
    get_translation_or_none: Any


def fingerprint_field():
    """A field for what `digest` returns."""
    return models.CharField(max_length=32, blank=True, editable=False)


class FollowsEnglish(Translated):
    """Knows whether the urgent parts of the English original changed since the translation.

    Urgent parts are danger signs and side effects: nobody may read an outdated one in silence.
    A translation has caught up once its own urgent parts change, or once a translator says so.
    """

    # Fingerprint fields of the model: the English urgent parts as they stand, those that the
    # translation follows, and the translation's own at that time.
    english_now: str
    english_followed: str
    own_followed: str

    @property
    def is_behind_english(self):
        """Have the urgent parts of the English original changed since this was translated?"""
        return self.english_now != self.english_followed

    def urgent_pieces(self):
        """The texts that must not be outdated."""
        raise NotImplementedError

    def urgent_digest(self):
        pieces = list(self.urgent_pieces())
        return digest(pieces) if pieces else ""

    def pieces_in_english(self, original):
        """The urgent texts that nobody has translated yet: they are those of the original."""
        english = {plain(piece) for piece in original.urgent_pieces()} - {""}
        return [piece for piece in self.urgent_pieces() if plain(piece) in english]

    def is_translated_from(self, original):
        """May readers have it for the original? A page is published whole or not at all."""
        return True

    def catch_up(self):
        """Say that the translation follows the English original as it stands."""
        self.english_followed = self.english_now
        self.own_followed = self.urgent_digest()

    def record_translation(self, original):
        """Note what this translation of `original` follows, after its text was saved."""
        is_new = not self.english_now
        self.english_now = original.urgent_digest()
        has_changed = is_new or self.urgent_digest() != self.own_followed
        if has_changed and self.is_translated_from(original):
            self.catch_up()
