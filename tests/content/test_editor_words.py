"""Whoever works in Spanish reads Spanish beside every box of an editor."""

import re

import pytest
from django.urls import reverse
from django.utils.translation import override
from wagtail.admin.panels import get_edit_handler
from wagtail.fields import StreamField
from wagtail.images import get_image_model
from wagtail.models import Page, get_page_models
from wagtail.snippets.models import get_snippet_models
from wagtail.users.models import UserProfile

from content.blocks import BodyBlock
from content.models import ClinicSettings, ConditionPage

pytestmark = pytest.mark.one_database

PAGES = [model for model in get_page_models() if model is not Page]
MODELS = [*PAGES, *get_snippet_models(), ClinicSettings]
models = pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)


def blocks_in(block, path):
    """Every block that an editor may fill in, by its path; the items of a list have no name."""
    for name, child in getattr(block, "child_blocks", {}).items():
        yield f"{path}.{name}", child
        yield from blocks_in(child, f"{path}.{name}")
    if hasattr(block, "child_block"):
        yield from blocks_in(block.child_block, f"{path}[]")


def panels_in(panel):
    yield panel
    for child in getattr(panel, "children", []):
        yield from panels_in(child)


def in_both(text):
    """A text in English and in Spanish."""
    both = []
    for language in ("en", "es"):
        with override(language):
            both.append(str(text))
    return both


def unnamed(block, path):
    """The blocks with a name that Wagtail made of the code, or that Spanish has no word for."""
    for place, child in blocks_in(block, path):
        english, spanish = in_both(child.meta.label or "")
        if not english or english == spanish:
            yield place


def test_every_block_of_a_page_has_a_name_in_spanish():
    block = BodyBlock()

    assert len(list(blocks_in(block, "body"))) > 100
    assert list(unnamed(block, "body")) == []


@models
def test_every_block_beside_the_body_has_a_name_in_spanish(model):
    fields = [field for field in model._meta.get_fields() if isinstance(field, StreamField)]

    assert [place for field in fields for place in unnamed(field.stream_block, field.name)] == []


@models
def test_every_field_of_an_editor_has_a_name_in_spanish(model):
    handler = model.get_edit_handler() if model in PAGES else get_edit_handler(model)
    headings = {}
    for language in ("en", "es"):
        with override(language):
            headings[language] = [str(panel.heading) for panel in panels_in(handler)]

    pairs = zip(headings["en"], headings["es"], strict=True)
    assert [english for english, spanish in pairs if english and english == spanish] == []
    assert len(headings["en"]) > 3


@pytest.mark.parametrize("model", [*MODELS, get_image_model()], ids=lambda model: model.__name__)
def test_every_kind_of_page_and_thing_has_a_name_in_spanish(model):
    for name in (model._meta.verbose_name, model._meta.verbose_name_plural):
        english, spanish = in_both(name)
        assert english != spanish


def test_who_chose_spanish_reads_it_in_the_editor(admin_client, admin_user):
    UserProfile.objects.create(user=admin_user, preferred_language="es")
    page = ConditionPage.objects.get(slug="dystonia")

    text = admin_client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()

    assert "Página de enfermedad" in text
    assert "Frase principal" in text
    assert "Lista de pasos" in text


def test_our_words_fit_where_wagtail_has_the_same_in_english(admin_client, admin_user):
    UserProfile.objects.create(user=admin_user, preferred_language="es")

    account, adding = (
        admin_client.get(reverse(name)).content.decode()
        for name in ("wagtailadmin_account", "appointment_reasons:add")
    )

    assert re.search(r"<option value=\"dark\">\s*Oscuro\s*</option>", account)
    assert "Nuevo" in adding
    assert "Nueva" not in adding
