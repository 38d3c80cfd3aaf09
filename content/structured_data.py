"""What search engines read of a page, in the words of schema.org (release 30)."""

from functools import singledispatch

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from content.models import (
    ConditionPage,
    FAQIndexPage,
    HomePage,
    QuestionPage,
    TreatmentPage,
)
from content.page_text import html_pieces, page_pieces

SCHEMA_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
# The products that the HCPCS codes of a treatment page stand for: generic and brand name.
DRUGS = {
    "J0585": ("onabotulinumtoxinA", "Botox"),
    "J0586": ("abobotulinumtoxinA", "Dysport"),
    "J0587": ("rimabotulinumtoxinB", "Myobloc"),
    "J0588": ("incobotulinumtoxinA", "Xeomin"),
    "J0589": ("daxibotulinumtoxinA-lanm", "Daxxify"),
}


def structured_data(page, clinic):
    """Return the page's JSON-LD as a dict."""
    entity = web_page(page, clinic) | describe(page, clinic)
    return {"@context": "https://schema.org"} | {
        key: value for key, value in entity.items() if value
    }


def day_of(moment):
    """The day on the clinic's own calendar, as the page says it to readers."""
    return moment and localdate(moment).isoformat()


def web_page(page, clinic):
    """What every page says of itself. No review is claimed until a clinician has made one."""
    address = page.full_url
    return {
        "@type": "MedicalWebPage",
        "@id": address,
        "url": address,
        "name": page.title,
        "description": page.description,
        "inLanguage": page.locale.language_code,
        "datePublished": day_of(page.first_published_at),
        "dateModified": day_of(page.last_published_at),
        "publisher": {"@type": "MedicalClinic", "name": clinic.name, "telephone": clinic.tel},
        "audience": {"@type": "Patient"},
        "specialty": "https://schema.org/Neurologic",
        "citation": [citation(source) for source in getattr(page, "cited_sources", [])],
        "breadcrumb": breadcrumb(page),
    }


def citation(source):
    work = {"@type": "CreativeWork", "name": source.title, "publisher": source.publisher}
    return work | ({"url": source.url} if source.url else {})


def breadcrumb(page):
    trail = [*page.neighbors.ancestors, page]
    items = [
        {"@type": "ListItem", "position": place, "name": step.title, "item": step.full_url}
        for place, step in enumerate(trail, start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


@singledispatch
def describe(page, clinic):
    """What a page type adds to, or changes in, what every page says."""
    return {}


@describe.register
def _describe_condition(page: ConditionPage, clinic):
    treatments = [p for p in page.related_pages if p.specific_class is TreatmentPage]
    return {
        "about": filled(
            {
                "@type": "MedicalCondition",
                "name": page.title,
                "alternateName": page.other_names,
                "code": medical_codes(page),
                "associatedAnatomy": [
                    {"@type": "AnatomicalStructure", "name": str(label)}
                    for label in page.area_labels
                ],
                "signOrSymptom": [
                    {"@type": "MedicalSignOrSymptom", "name": sign}
                    for sign in items_of(page, "signs", "signs")
                ],
                "possibleTreatment": [
                    {"@type": "MedicalTherapy", "name": p.title, "url": p.full_url}
                    for p in treatments
                ],
                "relevantSpecialty": "https://schema.org/Neurologic",
            }
        )
    }


@describe.register
def _describe_treatment(page: TreatmentPage, clinic):
    drugs = drugs_of(page)
    return {
        "about": filled(
            {
                "@type": "MedicalTherapy",
                "name": page.title,
                "alternateName": page.other_names,
                "code": medical_codes(page),
                "preparation": stage(page, "before"),
                "howPerformed": stage(page, "during"),
                "followup": stage(page, "after"),
                "adverseOutcome": outcomes(
                    [
                        *items_of(page, "side_effects", "common"),
                        *items_of(page, "side_effects", "less_common"),
                    ]
                ),
                "seriousAdverseOutcome": outcomes(emergency_signs(page) if drugs else []),
                "contraindication": [
                    {"@type": "MedicalContraindication", "name": item}
                    for item in items_of(page, "precautions", "must_not")
                ],
                "drug": drugs,
                "relevantSpecialty": "https://schema.org/Neurologic",
            }
        )
    }


@describe.register
def _describe_question(page: QuestionPage, clinic):
    answer = " ".join(page_pieces(page))
    return {"@type": ["MedicalWebPage", "FAQPage"], "mainEntity": [question(page.title, answer)]}


@describe.register
def _describe_questions(page: FAQIndexPage, clinic):
    pages = [page for _anchor, _heading, group in page.question_groups for page in group]
    return {
        "@type": ["MedicalWebPage", "FAQPage"],
        "mainEntity": [question(page.title, page.summary) for page in pages],
    }


@describe.register
def _describe_home(page: HomePage, clinic):
    return {
        "about": filled(
            {
                "@type": "MedicalClinic",
                "name": clinic.name,
                "url": page.full_url,
                "telephone": clinic.tel,
                "address": postal_address(clinic),
                "openingHoursSpecification": opening_hours(clinic),
                "medicalSpecialty": "https://schema.org/Neurologic",
                "availableService": [
                    {"@type": "MedicalTherapy", "name": p.title, "url": p.full_url}
                    for p in page.treatments
                ],
                "contactPoint": {
                    "@type": "ContactPoint",
                    "telephone": clinic.tel,
                    "contactType": _("Appointments"),
                    "availableLanguage": ["English", "Spanish"],
                },
                "potentialAction": {
                    "@type": "ReserveAction",
                    "target": f"tel:{clinic.tel}",
                },
            }
        )
    }


def postal_address(clinic):
    return filled(
        {
            "@type": "PostalAddress",
            "streetAddress": clinic.street,
            "addressLocality": clinic.city,
            "addressRegion": clinic.state_code,
            "postalCode": clinic.postal_code,
            "addressCountry": "US",
        }
    )


def opening_hours(clinic):
    return [
        {
            "@type": "OpeningHoursSpecification",
            "dayOfWeek": [SCHEMA_DAYS[day] for day in hours.weekdays],
            "opens": f"{hours.opens:%H:%M}",
            "closes": f"{hours.closes:%H:%M}",
        }
        for hours in clinic.opening_hours
    ]


def filled(entity):
    return {key: value for key, value in entity.items() if value}


def items_of(page, block_type, name):
    """The texts in the list `name` of every block of one type in the page's body."""
    blocks = [part.block for part in page.body_for_reader]
    return [
        item for block in blocks if block.block_type == block_type for item in block.value[name]
    ]


def stage(page, name):
    """The text of a visit's steps at one stage."""
    steps = [step for step in items_of(page, "step_list", "steps") if step["stage"] == name]
    return " ".join(piece for step in steps for piece in html_pieces(step["body"].source))


def outcomes(names):
    return [{"@type": "MedicalEntity", "name": name} for name in names]


def emergency_signs(page):
    """The signs of the messages that the side effects name: others are signs of the illness."""
    effects = [p.block.value for p in page.body_for_reader if p.block.block_type == "side_effects"]
    dangers = [value["danger"].for_reader for value in effects if value["danger"]]
    groups = [group for danger in dangers for group in danger.emergency]
    return [sign for group in groups for sign in group["signs"]]


def published(code):
    """A code as its system publishes it: ICD-10-CM sets a dot after the third character (G43.7)."""
    prefix = code["prefix"]
    return f"{prefix[:3]}.{prefix[3:]}" if code["system"] == "ICD-10-CM" and prefix[3:] else prefix


def medical_codes(page):
    return [
        {
            "@type": "MedicalCode",
            "codeValue": published(child.value),
            "codingSystem": child.value["system"],
        }
        for child in page.codes
        if child.value["system"] != "CPT"
    ]


def drugs_of(page):
    names = [DRUGS[child.value["prefix"]] for child in page.codes if child.value["prefix"] in DRUGS]
    return [
        {
            "@type": "Drug",
            "nonProprietaryName": generic,
            "proprietaryName": brand,
            "prescriptionStatus": "https://schema.org/PrescriptionOnly",
            "warning": _(
                "The effect can spread past the treated area. This can be life-threatening."
            ),
        }
        for generic, brand in names
    ]


def question(name, answer):
    return {
        "@type": "Question",
        "name": name,
        "acceptedAnswer": {"@type": "Answer", "text": answer},
    }
