"""Which pages lead to a page, and which leave with it: what to know before taking it off the site."""

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Locale, Page, ReferenceIndex


def translations_leaving_with(page):
    """The live translations of an English page; none of a translation, which leaves alone."""
    if page.locale_id != Locale.get_default().pk:
        return []
    return list(page.get_translations().live().select_related("locale").specific())


def pages_linking_to(page):
    """Live pages whose text, read in their language, links to this page."""
    return linking_pages([page], {page.pk})


def pages_linking_below(page):
    """Live pages elsewhere that link to a live page below this one."""
    below = list(page.get_descendants().live())
    return linking_pages(below, {page.pk, *(child.pk for child in below)})


def linking_pages(targets, leaving):
    """Live pages that link to one of the targets, but for those that leave with them."""
    if not targets:
        return []
    versions = Page.objects.filter(translation_key__in={page.translation_key for page in targets})
    by_id = {page.pk: page for page in versions}
    pages = ContentType.objects.get_for_model(Page)
    references = ReferenceIndex.objects.filter(
        base_content_type=pages,
        to_content_type=pages,
        to_object_id__in=[str(pk) for pk in by_id],
    ).values_list("object_id", "to_object_id")
    links = [(int(source), by_id[int(to)]) for source, to in references]
    sources = Page.objects.live().select_related("locale").exclude(pk__in=leaving)
    found = sources.in_bulk({source for source, _to in links})
    wanted = {page.pk for page in targets}
    leads = {
        source
        for source, to in links
        if source in found and version_for(found[source], to, by_id.values()).pk in wanted
    }
    return sorted((found[pk] for pk in leads), key=lambda page: page.path)


def version_for(source, linked, versions):
    """The version of a linked page that the source's readers are led to: theirs, if it is live."""
    own = (
        page
        for page in versions
        if page.translation_key == linked.translation_key
        and page.locale_id == source.locale_id
        and page.live
    )
    return next(own, linked)
