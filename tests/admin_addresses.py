"""Every address of the admin that the resolver knows, filled in with real objects."""

import re
from io import BytesIO
from typing import NamedTuple

from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.urls import URLResolver, get_resolver
from PIL import Image
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents.models import Document
from wagtail.models import Collection, Locale, Site
from wagtail_localize.models import StringSegment, Translation
from wagtail_localize.operations import translate_object

from clinic_site.appointments.keys import new_key
from clinic_site.appointments.models import Reason
from clinic_site.appointments.receiving import receive
from content.models import (
    ClinicImage,
    ClinicSettings,
    ConditionIndexPage,
    ConditionPage,
    DangerMessage,
    GlossaryTerm,
    PageFeedback,
    SearchMiss,
    Source,
)

PATIENT = "Nobody In Particular"
NAMED_GROUP = re.compile(r"\(\?P<(\w+)>[^)]*\)")
PLACE = re.compile(r"<(?:\w+:)?(\w+)>")


class Address(NamedTuple):
    """A view's name with its namespaces, and one address of it."""

    name: str
    url: str


def routes(patterns, start="", namespaces=()):
    """Yield the name and the route of every pattern, however deep."""
    for pattern in patterns:
        route = start + str(pattern.pattern).lstrip("^")
        if isinstance(pattern, URLResolver):
            inner = (*namespaces, pattern.namespace) if pattern.namespace else namespaces
            yield from routes(pattern.url_patterns, route, inner)
        else:
            yield ":".join((*namespaces, pattern.name or "")), route.rstrip("$")


def admin_routes():
    found = routes(get_resolver().url_patterns)
    return [(name, route) for name, route in found if route.startswith("admin/")]


def admin_addresses(arguments):
    """Return an address for each route; `arguments` maps view names' beginnings to values."""
    return [
        Address(name, address_of(route, values_for(name, arguments)))
        for name, route in admin_routes()
    ]


def values_for(name, arguments):
    """Merge the values for all views with those for this one; the longest beginning wins."""
    values: dict = {}
    for start in sorted(arguments, key=len):
        if name.startswith(start):
            values |= arguments[start]
    return values


def address_of(route, values):
    plain = NAMED_GROUP.sub(r"<\1>", route).replace("\\", "")
    return "/" + PLACE.sub(lambda place: str(values[place[1]]), plain) + values.get("query", "")


def snippet_of(model, **values):
    return model.objects.create(locale=Locale.get_default(), slug="for-roles", **values)


def make_image():
    file = BytesIO()
    Image.new("RGB", (9, 6)).save(file, "JPEG")
    return ClinicImage.objects.create(title="Door", file=ImageFile(file, name="door.jpg"))


def make_request():
    """A patient's request for an appointment."""
    answers = {
        "name": PATIENT,
        "phone": "+13055550123",
        "channel": "call",
        "language": "en",
        "reason": Reason.objects.all()[0],
    }
    return receive(new_key(), answers)


def make_arguments(author, member):
    """Make one of everything, and say which of them fills which part of an address."""
    parent = ConditionIndexPage.objects.get(locale=Locale.get_default())
    page, submitted = ConditionPage.objects.live().child_of(parent)[:2]
    submitted.save_revision()
    review = submitted.get_workflow().start(submitted, author)
    Locale.objects.get_or_create(language_code="fr")
    french = Locale.objects.get(language_code="fr")
    translate_object(parent.get_parent(), [french])
    translation = Translation.objects.get(target_locale=french)
    image = make_image()
    document = Document.objects.create(title="Map", file=ContentFile(b"x", name="map.pdf"))
    danger = snippet_of(DangerMessage, title="For roles", signs=[])
    collection = Collection.get_first_root_node().add_child(name="Doors")
    everywhere = {
        "pk": page.pk,
        "page_id": page.pk,
        "page_pk": page.pk,
        "page_to_move_id": page.pk,
        "object_id": page.pk,
        "parent_page_id": parent.pk,
        "destination_id": parent.pk,
        "revision_id": page.save_revision().pk,
        "revision_id_a": "earliest",
        "revision_id_b": "latest",
        "content_type_app_name": "content",
        "content_type_model_name": "conditionpage",
        "app_label": "content",
        "app_name": "content",
        "model_name": "conditionpage",
        "action_name": "publish",
        "action": "delete",
        "session_id": 1,
        "uploaded_file_id": 1,
        "uidb64": "x",
        "token": "y",
    }
    return {
        "": everywhere,
        "wagtail_bulk_action": {
            "app_label": "wagtailcore",
            "model_name": "page",
            "query": f"?id={page.pk}",
        },
        "wagtailadmin_api:documents": {"pk": document.pk},
        "wagtailadmin_api:images": {"pk": image.pk},
        "wagtailadmin_tag": {"app_name": "taggit", "model_name": "tag"},
        "wagtailadmin_pages:workflow": {
            "page_id": submitted.pk,
            "task_state_id": review.current_task_state_id,
            "task_id": review.current_task_state.task_id,
            "workflow_state_id": review.pk,
            "action_name": "approve",
        },
        "wagtailadmin_pages:co": {
            "task_state_id": review.current_task_state_id,
            "action_name": "approve",
        },
        "wagtailadmin_pages:collect_workflow_action_data": {"page_id": submitted.pk},
        "wagtailadmin_pages:confirm_workflow_cancellation": {"page_id": submitted.pk},
        "wagtailadmin_collections:": {"pk": collection.pk, "collection_id": collection.pk},
        "wagtailadmin_workflows:": {
            "pk": review.workflow_id,
            "workflow_pk": review.workflow_id,
            "task_id": review.current_task_state.task_id,
            "app_label": "wagtailcore",
            "model_name": "groupapprovaltask",
        },
        "wagtail_localize:": {
            "pk": danger.pk,
            "model_name": "dangermessage",
            "translation_id": translation.pk,
            "translation_source_id": translation.source_id,
            "string_segment_id": StringSegment.objects.filter(source=translation.source)[0].pk,
            "overridable_segment_id": 1,
            "mode": "",
        },
        "check_translation_of_danger": {"pk": danger.pk},
        "delete_page_feedback": {
            "pk": PageFeedback.objects.create(page=page.page_ptr, is_helpful=True).pk
        },
        **dict.fromkeys(
            ("name_page", "drop_search_miss"),
            {"pk": SearchMiss.objects.create(language="en", terms="nothing").pk},
        ),
        "appointments_desk:": {"pk": make_request().pk, "view": "new", "move": "claim"},
        "appointment_reasons:": {"pk": Reason.objects.all()[0].pk},
        "wagtailredirects:": {
            "redirect_id": Redirect.objects.create(old_path="/x", redirect_link="/en/").pk
        },
        "wagtailsettings:": {
            "model_name": "clinicsettings",
            "pk": ClinicSettings.objects.get().pk,
        },
        "wagtaildocs": {"pk": document.pk, "document_id": document.pk, "doc_id": document.pk},
        "wagtailimages": {"pk": image.pk, "image_id": image.pk, "filter_spec": "original"},
        **snippet_arguments("dangermessage", danger),
        **snippet_arguments("source", snippet_of(Source, title="S", publisher="P")),
        **snippet_arguments("glossaryterm", snippet_of(GlossaryTerm, term="T", meaning="M")),
        "wagtaillocales:": {"pk": french.pk},
        "wagtailsites:": {"pk": Site.objects.get().pk},
        "wagtailusers_users:": {"pk": member.pk},
        "second_factor:": {"pk": member.pk},
        "wagtailusers_groups:": {"pk": Group.objects.create(name="A group").pk},
    }


def snippet_arguments(model_name, snippet):
    return {
        f"wagtailsnippets_content_{model_name}:": {"pk": snippet.pk},
        f"wagtailsnippetchoosers_content_{model_name}:": {"pk": snippet.pk},
    }
