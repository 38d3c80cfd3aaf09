"""Which pages a change shows on, so that those and no others are drawn anew."""

from typing import NamedTuple

from django.db.models import Q
from wagtail.models import Page, ReferenceIndex, TranslatableMixin

from content.linked_pages import HOME_DEPTH, content_type
from content.models import GlossaryPage, GlossaryTerm, Source


class Touched(NamedTuple):
    """Ids of pages that show a change, and of pages whose name or address changed: whatever is
    drawn with one of those shows the change, too."""

    pages: frozenset = frozenset()
    renamed: frozenset = frozenset()
    everything: bool = False


EVERYTHING = Touched(everything=True)


def touched_by_page(page, is_renamed, new_references):
    """The pages that show a page's text, or its name, or that it has come to refer to them."""
    group = ids(Page, translation_key=page.translation_key) | {page.pk}
    if is_renamed and page.depth <= HOME_DEPTH + 1:
        # Menu and footer name it.
        return EVERYTHING
    shown = group | lists_of(page, group) | pages_among(new_references)
    if is_renamed or uses_words(new_references):
        shown |= ids(GlossaryPage)
    if not is_renamed:
        return Touched(frozenset(shown))
    return Touched(frozenset(shown | linked_with(group)), frozenset(group))


def lists_of(page, group):
    """The pages above a page and its translations: they list it with its summary."""
    paths = [page.path, *Page.objects.filter(pk__in=group).values_list("path", flat=True)]
    above = {path[:end] for path in paths for end in range(0, len(path), Page.steplen)}
    return ids(Page, path__in=above)


def linked_with(group):
    """The pages that refer to one of a group, or that it refers to."""
    rows = ReferenceIndex.objects.filter(
        Q(object_id__in=map(str, group)) | Q(to_object_id__in=map(str, group)),
        base_content_type=content_type(Page),
        to_content_type=content_type(Page),
    ).values_list("object_id", "to_object_id")
    return {int(pk) for pair in rows for pk in pair}


def references_of(page):
    """What a page refers to, as content type, id and the field that does."""
    rows = ReferenceIndex.objects.filter(
        base_content_type=content_type(Page), object_id=str(page.pk)
    )
    return frozenset(rows.values_list("to_content_type_id", "to_object_id", "model_path"))


def pages_among(references):
    return {int(pk) for kind, pk, *_field in references if kind == content_type(Page).pk}


def uses_words(references):
    return any(kind == content_type(GlossaryTerm).pk for kind, *_rest in references)


def touched_by_shared(shared):
    """The pages that use something shared, directly or through something else that uses it."""
    pages: set = ids(GlossaryPage) if isinstance(shared, GlossaryTerm) else set()
    seen: set = set()
    waiting = with_translations(shared)
    page_type = content_type(Page).pk
    while waiting:
        seen |= waiting
        users = set().union(*map(users_of, waiting))
        pages |= pages_among(users)
        waiting = {user for user in users if user[0] != page_type} - seen
    if isinstance(shared, GlossaryTerm):
        pages -= ids(Page, pk__in=pages, locale__in=languages_with_other_words(shared))
    return Touched(frozenset(pages))


def languages_with_other_words(term):
    """The languages that have a meaning of their own: their pages show that one."""
    others = GlossaryTerm.objects.filter(translation_key=term.translation_key)
    others = others.exclude(locale=term.locale_id).exclude(meaning=term.meaning)
    return set(others.order_by().values_list("locale_id", flat=True))


def users_of(thing):
    kind, pk = thing
    rows = ReferenceIndex.objects.filter(to_content_type_id=kind, to_object_id=str(pk))
    return set(rows.values_list("base_content_type_id", "object_id"))


def with_translations(shared):
    """What pages may refer to and show this instead. A source is shown as it is referred to."""
    kind = content_type(type(shared)).pk
    if isinstance(shared, Source) or not isinstance(shared, TranslatableMixin):
        return {(kind, str(shared.pk))}
    found = ids(type(shared), translation_key=shared.translation_key) | {shared.pk}
    return {(kind, str(pk)) for pk in found}


def ids(model, **filters):
    return set(model.objects.filter(**filters).order_by().values_list("pk", flat=True))
