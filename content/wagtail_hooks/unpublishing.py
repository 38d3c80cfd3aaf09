"""What is taken back in English is not told on in its translations."""

from wagtail import hooks
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import Page

from content.linking_pages import translations_leaving_with


@hooks.register("construct_translated_pages_to_cascade_actions")
def unpublish_translations_along(pages, action):
    if action != "unpublish":
        return None
    return {page: translations_leaving_with(page) for page in pages}


# Wagtail asks the hook above for one page alone.
@hooks.register("after_bulk_action")
def unpublish_translations_of_many(request, action_type, objects, action):
    if action_type != "unpublish" or action.model is not Page:
        return
    below = action.cleaned_form.cleaned_data["include_descendants"]
    for page in objects:
        for translation in translations_leaving_with(page):
            UnpublishPageAction(translation, user=request.user, include_descendants=below).execute(
                skip_permission_checks=True
            )
