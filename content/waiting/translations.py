"""What waits for translators."""

from django.conf import settings
from django.db.models import Exists, F, OuterRef
from django.urls import reverse
from django.utils.translation import ngettext
from wagtail.models import Page, get_page_models
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from content.models import DangerMessage
from content.translated import FollowsEnglish
from content.waiting.kinds import Waiting, edit_snippet


def translates(user):
    return user.has_perm("wagtail_localize.submit_translation")


def behind_english(user):
    """Translations whose English danger signs or side effects changed since."""
    if not translates(user):
        return None
    pages, *others = [
        behind(model).filter(live=True).values_list("title", "pk")
        for model in get_page_models()
        if issubclass(model, FollowsEnglish)
    ]
    found = [
        (title, reverse("wagtailadmin_pages:edit", args=[pk])) for title, pk in pages.union(*others)
    ]
    found += [
        (message.title, edit_snippet(DangerMessage, message.pk))
        for message in behind(DangerMessage)
    ]
    text = ngettext(
        "%(count)d translation has older danger signs or side effects than the English",
        "%(count)d translations have older danger signs or side effects than the English",
        len(found),
    )
    text %= {"count": len(found)}
    return Waiting("warning", text, tuple(found), is_urgent=True) if found else None


def behind(model):
    stale = model.objects.exclude(english_now=F("english_followed")).order_by()
    return stale.exclude(locale__language_code=settings.LANGUAGE_CODE)


def changed_originals(user):
    """Pages published in English since the translators' copy of their text was made."""
    if not translates(user):
        return None
    published_since = Page.objects.filter(
        translation_key=OuterRef("source__object_id"),
        locale=OuterRef("source__locale"),
        last_published_at__gt=OuterRef("source__last_updated_at"),
    )
    changed = Translation.objects.filter(Exists(published_since), enabled=True)
    found = changed.order_by("pk").values_list("source__object_repr", "source_id")
    named = [
        (name, reverse("wagtail_localize:update_translations", args=[pk])) for name, pk in found
    ]
    text = ngettext(
        "%(count)d page changed in English since its translation was begun",
        "%(count)d pages changed in English since their translations were begun",
        len(named),
    )
    text %= {"count": len(named)}
    return Waiting("rotate", text, tuple(named)) if named else None


def untranslated(user):
    """Live English pages that nobody has sent to the translators."""
    if not translates(user):
        return None
    # A copy that Wagtail keeps like the English page holds its English words.
    others = Page.objects.filter(translation_key=OuterRef("translation_key"), alias_of=None)
    english = Page.objects.live().filter(
        ~Exists(others.exclude(locale=OuterRef("locale"))),
        locale__language_code=settings.LANGUAGE_CODE,
        depth__gt=1,
        alias_of=None,
    )
    named = [
        (title, reverse("wagtail_localize:submit_page_translation", args=[pk]))
        for title, pk in english.order_by("path").values_list("title", "pk")
    ]
    text = ngettext(
        "%(count)d page is in English only", "%(count)d pages are in English only", len(named)
    )
    text %= {"count": len(named)}
    return Waiting("globe", text, tuple(named)) if named else None


def missing_segments(user):
    """Translations with sentences that nobody has translated yet."""
    if not translates(user):
        return None
    done = StringTranslation.objects.filter(
        translation_of=OuterRef("string"),
        context=OuterRef("context"),
        locale=OuterRef(OuterRef("target_locale")),
        has_error=False,
    )
    missing = StringSegment.objects.filter(~Exists(done), source=OuterRef("source"))
    count = Translation.objects.filter(Exists(missing), enabled=True).count()
    text = ngettext(
        "%(count)d translation has sentences still to translate",
        "%(count)d translations have sentences still to translate",
        count,
    )
    url = reverse("wagtail_localize:translations_report") + "?waiting_for_translation=true"
    return Waiting("edit", text % {"count": count}, url=url) if count else None
