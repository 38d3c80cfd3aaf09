"""Shared texts in the admin: danger messages, sources and glossary terms."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import EditView, SnippetViewSet, SnippetViewSetGroup

from content.models import DangerMessage, GlossaryTerm, Source
from content.wagtail_hooks.translations import check_of_danger


class EditDangerMessageView(EditView):
    @property
    def header_more_buttons(self):
        return [*super().header_more_buttons, *check_of_danger(self.object, self.request.user)]


class DangerMessageViewSet(SnippetViewSet):
    model = DangerMessage
    edit_view_class = EditDangerMessageView
    icon = "warning"
    list_display = ["title", "locale"]
    list_filter = ["locale"]


class SourceViewSet(SnippetViewSet):
    model = Source
    icon = "openquote"
    list_display = ["title", "publisher", "note"]
    list_filter = ["locale"]


class GlossaryTermViewSet(SnippetViewSet):
    model = GlossaryTerm
    icon = "openquote"
    list_display = ["term", "meaning"]
    list_filter = ["locale"]


class SharedTextsGroup(SnippetViewSetGroup):
    items = [DangerMessageViewSet, SourceViewSet, GlossaryTermViewSet]
    menu_label = _("Shared texts")
    menu_icon = "snippet"


register_snippet(SharedTextsGroup)
