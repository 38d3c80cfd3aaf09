"""Making wagtail-localize know the seeded translations.

Without this a translator would start each seeded page anew, and their first publication would
replace its Spanish words.
"""

from collections import defaultdict, deque

from wagtail.models import Locale, Page
from wagtail_localize.models import StringTranslation, Translation, TranslationSource
from wagtail_localize.segments.extract import extract_segments
from wagtail_localize.segments.types import StringSegmentValue

from content.models import BasePage


def pages_to_adopt():
    """Translated pages that wagtail-localize does not know."""
    known = Translation.objects.values("source__object_id", "target_locale_id")
    pairs = {(row["source__object_id"], row["target_locale_id"]) for row in known}
    pages = Page.objects.exclude(locale=Locale.get_default()).filter(depth__gt=1)
    return [page for page in pages if (page.translation_key, page.locale_id) not in pairs]


def adopt(page):
    """Record each translated segment of a page; return how many English ones lack one."""
    page = page.specific
    original = page.get_translation_or_none(Locale.get_default())
    if original is None or not isinstance(page, BasePage):
        return 0
    source, _made = TranslationSource.update_or_create_from_instance(original)
    Translation.objects.get_or_create(source=source, target_locale=page.locale)
    words = segments_by_path(page)
    translations, missing = [], 0
    for segment in source.stringsegment_set.select_related("string", "context").order_by("order"):
        if words[segment.context.path]:
            translations.append(
                StringTranslation(
                    translation_of=segment.string,
                    locale=page.locale,
                    context=segment.context,
                    data=words[segment.context.path].popleft(),
                    translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
                )
            )
        else:
            missing += 1
    StringTranslation.objects.bulk_create(translations, ignore_conflicts=True)
    return missing


def segments_by_path(page):
    """The page's own words, in order, by the path at which they stand."""
    words: defaultdict = defaultdict(deque)
    for segment in extract_segments(page):
        if isinstance(segment, StringSegmentValue):
            words[segment.path].append(segment.string.data)
    return words
