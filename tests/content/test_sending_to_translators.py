"""What goes to the translators leaves no English where readers had Spanish."""

import json
from urllib.parse import urlencode

import pytest
from django.urls import reverse
from wagtail.models import Locale
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield
from wagtail_localize.models import StringSegment, Translation
from wagtail_localize.operations import translate_object

from content.models import (
    ConditionIndexPage,
    ConditionPage,
    DangerMessage,
    GlossaryPage,
    GlossaryTerm,
)

NOTICE = 'class="english-notice"'


@pytest.fixture
def spanish(db):
    return Locale.objects.get(language_code="es")


@pytest.fixture
def stroke(db):
    """An English danger message that the starter content has in Spanish, too."""
    return DangerMessage.objects.get(slug="stroke", locale__language_code="en")


@pytest.fixture
def translator(sign_in):
    return sign_in("Translators")


@pytest.fixture
def post(client, translator, django_capture_on_commit_callbacks):
    """A function that posts a translator's form, and returns the text of what answers it."""

    def post(address, data=None):
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(address, data or {}, follow=True).content.decode()

    return post


def new_page(danger):
    """An English page that names a danger message."""
    conditions = ConditionIndexPage.objects.get(locale__language_code="en")
    page = ConditionPage(
        title="Numb hands",
        summary="Hands that feel little.",
        dangers=json.dumps([{"type": "danger", "value": danger.pk}]),
    )
    return conditions.add_child(instance=page)


def text_of(client, page):
    return client.get(page.url).content.decode()


def in_spanish(message):
    return message.get_translations().get(locale__language_code="es")


def edit_address(message):
    return reverse("wagtailsnippets_content_dangermessage:edit", args=[message.pk])


def published_by_the_editor(post, message):
    return post(edit_address(message), {"action": "publish"})


def test_sending_a_page_leaves_the_spanish_danger_messages_in_spanish(post, stroke, spanish):
    page = new_page(stroke)
    before = list(in_spanish(stroke).urgent_pieces())

    send = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
    post(send, {"locales": [spanish.pk]})

    assert page.has_translation(spanish)
    message = in_spanish(stroke)
    assert list(message.urgent_pieces()) == before
    assert not message.is_behind_english

    post(edit_address(message), form_of(message, title="Señales de un derrame"))
    assert in_spanish(stroke).title == "Señales de un derrame"


def list_of(words):
    """What the form sends of a list of lines."""
    lines = {str(n): {"value": w, "deleted": "", "order": n} for n, w in enumerate(words)}
    return {"count": len(lines), **lines}


def form_of(message, **changes):
    """What the form of a danger message sends."""
    signs = [
        ("signs", {**block.value, "signs": list_of(block.value["signs"])})
        for block in message.signs
    ]
    shown = {
        "title": message.title,
        "slug": message.slug,
        "intro": rich_text(message.intro),
        "signs": streamfield(signs),
        "closing": rich_text(message.closing),
        "ledger": message.ledger,
    }
    return nested_form_data(shown | changes)


def test_a_spanish_message_is_changed_in_its_form(post, stroke):
    message = in_spanish(stroke)

    post(edit_address(message), form_of(message, title="Señales de un derrame"))

    message = in_spanish(stroke)
    assert message.title == "Señales de un derrame"
    assert not message.is_behind_english


def test_the_form_refuses_english_words_in_a_spanish_message(post, stroke):
    message = in_spanish(stroke)

    answer = post(edit_address(message), form_of(message, title=stroke.title))

    assert f"“{stroke.title}” is still in English." in answer
    assert in_spanish(stroke).title == message.title


@pytest.fixture
def message(stroke, spanish):
    """The Spanish message, known to the translation editor and wholly translated there."""
    words = in_spanish(stroke)
    translate_object(stroke, [spanish])
    translation = Translation.objects.get(source__object_id=stroke.translation_key)
    translation.enabled = True
    translation.save()
    segments = StringSegment.objects.filter(source=translation.source)
    for number, segment in enumerate(segments.exclude(context__path="ledger")):
        segment.string.translations.create(
            context=segment.context, locale=spanish, data=f"palabras-{number}"
        )
    translation.save_target()
    words.refresh_from_db()
    return words


def test_the_english_of_a_changed_sign_is_never_published_as_spanish(client, post, stroke, message):
    stroke.title = "New signs of a stroke"
    stroke.save()
    source = Translation.objects.get(source__object_id=stroke.translation_key).source
    post(reverse("wagtail_localize:update_translations", args=[source.pk]))

    answer = published_by_the_editor(post, message)

    assert "“New signs of a stroke” is still in English." in answer
    message = in_spanish(stroke)
    assert message.title.startswith("palabras-")
    assert message.is_behind_english


def test_a_changed_sign_is_published_once_it_is_translated(client, post, stroke, message):
    stroke.title = "New signs of a stroke"
    stroke.save()
    translation = Translation.objects.get(source__object_id=stroke.translation_key)
    post(reverse("wagtail_localize:update_translations", args=[translation.source_id]))
    segment = StringSegment.objects.get(string__data="New signs of a stroke")
    client.put(
        reverse("wagtail_localize:edit_string_translation", args=[translation.pk, segment.pk]),
        urlencode({"value": "Otras señales"}),
        content_type="application/x-www-form-urlencoded",
    )

    published_by_the_editor(post, message)

    message = in_spanish(stroke)
    assert message.title == "Otras señales"
    assert not message.is_behind_english


@pytest.fixture
def new_message(stroke):
    """An English message that nobody has translated."""
    return DangerMessage.objects.create(
        title="Signs of a seizure", slug="seizure", signs=stroke.signs, locale=stroke.locale
    )


def test_a_new_message_is_shown_as_english_until_all_of_it_is_translated(
    client, post, new_message, spanish
):
    page = ConditionPage.objects.get(slug="distonia")
    kind = ["content", "dangermessage"]
    send = reverse("wagtail_localize:submit_snippet_translation", args=[*kind, new_message.pk])
    post(send, {"locales": [spanish.pk]})
    message = in_spanish(new_message)
    page.dangers = json.dumps([{"type": "danger", "value": message.pk}])
    page.save_revision().publish()

    text = text_of(client, page)

    assert NOTICE in text
    help_now = text.partition('class="urgent-note__danger"')[2]
    assert help_now.startswith(' lang="en">')
    assert new_message.title in help_now

    title = "Señales de una convulsión"
    answer = post(edit_address(message), form_of(message, title=title))
    assert "is still in English" in answer
    assert NOTICE in text_of(client, page)

    signs = {"urgency": "emergency", "lead": "Llame:", "signs": list_of(["una convulsión"])}
    words = form_of(message, title=title, signs=streamfield([("signs", signs)]))
    post(edit_address(message), words)
    text = text_of(client, page)
    assert "una convulsión" in text
    assert NOTICE not in text


@pytest.fixture
def new_term(post, stroke, spanish):
    """An English term that was sent to the translators, and used on the page about dystonia."""
    term = GlossaryTerm.objects.create(
        term="Tremor", slug="new", meaning="A shaking.", locale=stroke.locale
    )
    kind = ["content", "glossaryterm"]
    send = reverse("wagtail_localize:submit_snippet_translation", args=[*kind, term.pk])
    post(send, {"locales": [spanish.pk]})
    return term


@pytest.mark.parametrize("meaning", ["A shaking.", "A shaking that nobody wants."])
def test_a_new_term_is_marked_as_english_until_its_meaning_is_translated(client, new_term, meaning):
    new_term.meaning = meaning
    new_term.save()
    term = new_term.get_translations().get()
    page = ConditionPage.objects.get(slug="distonia")
    words = f'<p><a linktype="glossary" id="{term.pk}">temblor</a></p>'
    page.body = json.dumps([{"type": "text", "value": {"heading": "Uno", "body": words}}])
    page.save_revision().publish()
    glossary = GlossaryPage.objects.get(locale=term.locale)

    assert f'popover lang="en"><strong>Tremor:</strong> {meaning}' in text_of(client, page)
    text = text_of(client, glossary)
    assert '<dt id="word-new" lang="en">Tremor</dt>' in text
    assert f'<dd lang="en">{meaning}</dd>' in text

    term.term, term.meaning = "Temblor", "Una sacudida."
    term.save()
    assert "popover><strong>Temblor:</strong> Una sacudida." in text_of(client, page)
    assert '<dt id="word-new">Temblor</dt>' in text_of(client, glossary)
