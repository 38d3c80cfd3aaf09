"""Glossary terms in rich text: picked in the editor, opened on the page."""

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from draftjs_exporter.dom import DOM
from wagtail import hooks
from wagtail.admin.rich_text.converters.html_to_contentstate import LinkElementHandler
from wagtail.admin.rich_text.editors.draftail.features import EntityFeature
from wagtail.rich_text import LinkHandler

from content.glossary import mark_term
from content.models import GlossaryTerm

ENTITY = "GLOSSARY"


class GlossaryLinkHandler(LinkHandler):
    """Marks the words, and tells the reference index which term they name."""

    identifier = "glossary"

    @staticmethod
    def get_model():
        return GlossaryTerm

    @classmethod
    def expand_db_attributes_many(cls, attrs_list):
        return [mark_term(int(attrs["id"])) for attrs in attrs_list]

    @classmethod
    def extract_references(cls, attrs):
        yield GlossaryTerm, attrs["id"], "", ""


class GlossaryElementHandler(LinkElementHandler):
    """From the stored text to the editor, which shows the term's name on hovering."""

    def get_attribute_data(self, attrs):
        term = GlossaryTerm.objects.filter(pk=attrs["id"]).first()
        return {"id": attrs["id"], "term": term.term if term else ""}


def stored_link(props):
    return DOM.create_element("a", {"linktype": "glossary", "id": props["id"]}, props["children"])


@hooks.register("register_rich_text_features")
def register_glossary(features):
    features.register_link_type(GlossaryLinkHandler)
    chooser = reverse_lazy(GlossaryTerm.snippet_viewset.chooser_viewset.get_url_name("choose"))
    features.register_editor_plugin(
        "draftail",
        "glossary",
        EntityFeature(
            {
                "type": ENTITY,
                "icon": "help",
                "description": _("Glossary term"),
                "chooserUrls": {"glossaryChooser": chooser},
            },
            js=["wagtailadmin/js/chooser-modal.js", "js/glossary_editor.js"],
        ),
    )
    features.register_converter_rule(
        "contentstate",
        "glossary",
        {
            "from_database_format": {'a[linktype="glossary"]': GlossaryElementHandler(ENTITY)},
            "to_database_format": {"entity_decorators": {ENTITY: stored_link}},
        },
    )
