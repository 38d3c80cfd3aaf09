"""What search engines read, type by type (schema.org release 30)."""

import json
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone, translation

from content.models import (
    ClinicSettings,
    ConditionPage,
    FAQIndexPage,
    QuestionPage,
    TreatmentPage,
)
from content.structured_data import structured_data
from tests.admin_addresses import make_image


@pytest.fixture
def clinic(db):
    return ClinicSettings.load()


def test_every_page_says_who_published_it_and_when(clinic):
    page = QuestionPage.objects.get(slug="how-soon")

    data = structured_data(page, clinic)

    assert data["inLanguage"] == "en"
    assert data["specialty"] == "https://schema.org/Neurologic"
    assert data["publisher"]["telephone"] == "+13055550142"
    assert data["datePublished"] == timezone.localdate().isoformat()
    names = [step["name"] for step in data["breadcrumb"]["itemListElement"]]
    assert names == ["Home", "Questions", page.title]
    assert {"name", "publisher"} <= set(data["citation"][0])


def test_what_was_published_in_the_evening_was_published_that_day(clinic):
    page = QuestionPage.objects.get(slug="how-soon")
    page.first_published_at = datetime(2026, 11, 20, 21, 30, tzinfo=ZoneInfo("America/New_York"))

    assert structured_data(page, clinic)["datePublished"] == "2026-11-20"


def test_a_condition_names_its_codes_signs_and_treatments(clinic):
    page = ConditionPage.objects.get(slug="cervical-dystonia")

    with translation.override("en"):
        about = structured_data(page, clinic)["about"]

    assert about["@type"] == "MedicalCondition"
    assert {"@type": "MedicalCode", "codeValue": "G24.3", "codingSystem": "ICD-10-CM"} in about[
        "code"
    ]
    assert about["associatedAnatomy"] == [{"@type": "AnatomicalStructure", "name": "Neck"}]
    assert "twisted neck" in about["alternateName"]
    assert all(sign["@type"] == "MedicalSignOrSymptom" for sign in about["signOrSymptom"])
    assert any("/treatments/botox-for-dystonia/" in t["url"] for t in about["possibleTreatment"])


def test_a_treatment_names_its_steps_dangers_and_drugs(clinic):
    about = structured_data(TreatmentPage.objects.get(slug="botulinum-toxin-therapy"), clinic)[
        "about"
    ]

    assert about["@type"] == "MedicalTherapy"
    assert about["preparation"]
    assert about["howPerformed"]
    assert about["followup"]
    assert about["adverseOutcome"]
    assert about["contraindication"]
    assert {"@type": "MedicalEntity", "name": "trouble breathing"} in about["seriousAdverseOutcome"]
    drugs = {drug["proprietaryName"]: drug for drug in about["drug"]}
    assert drugs["Myobloc"]["nonProprietaryName"] == "rimabotulinumtoxinB"
    assert drugs["Botox"]["prescriptionStatus"] == "https://schema.org/PrescriptionOnly"
    assert "warning" in drugs["Botox"]


@pytest.mark.parametrize("slug", ["botox-for-chronic-migraine", "botox-for-dystonia"])
def test_signs_of_the_illness_are_no_side_effects(clinic, slug):
    page = TreatmentPage.objects.get(slug=slug)
    [after_shots] = [danger for danger in page.danger_messages if "shot" in danger.title]
    signs = [sign for group in after_shots.emergency for sign in group["signs"]]

    found = structured_data(page, clinic)["about"]["seriousAdverseOutcome"]

    assert len(page.danger_messages) > 1
    assert [outcome["name"] for outcome in found] == signs


def test_numbers_under_licence_stay_in_the_admin(clinic):
    page = TreatmentPage.objects.get(slug="botox-for-chronic-migraine")
    assert "CPT" in [child.value["system"] for child in page.codes]

    systems = {code["codingSystem"] for code in structured_data(page, clinic)["about"]["code"]}

    assert "CPT" not in systems


def test_questions_carry_their_answers(clinic):
    index = FAQIndexPage.objects.get(slug="questions")

    data = structured_data(index, clinic)

    assert data["@type"] == ["MedicalWebPage", "FAQPage"]
    assert len(data["mainEntity"]) == QuestionPage.objects.live().child_of(index).count()
    assert data["mainEntity"][0]["acceptedAnswer"]["text"]


def test_home_says_where_the_clinic_is_and_when_it_answers(clinic, home):
    about = structured_data(home, clinic)["about"]

    assert about["@type"] == "MedicalClinic"
    assert about["address"]["addressLocality"] == "Miami"
    assert about["openingHoursSpecification"] == [
        {
            "@type": "OpeningHoursSpecification",
            "dayOfWeek": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"],
            "opens": "08:30",
            "closes": "17:00",
        }
    ]
    assert about["contactPoint"]["availableLanguage"] == ["English", "Spanish"]
    assert about["potentialAction"]["@type"] == "ReserveAction"


def test_text_cannot_end_the_script_it_stands_in(client, db):
    page = QuestionPage.objects.get(slug="how-soon")
    page.title = "How soon? </script><script>alert(1)</script>"
    page.save_revision().publish()

    assert b"<script>alert(1)" not in client.get(page.url).content


def test_a_question_with_a_picture_has_its_answer_too(client, db):
    page = QuestionPage.objects.live().first()
    picture = {"image": make_image().pk, "alt_text": "A door", "decorative": False}
    block = {"type": "captioned_image", "value": {"image": picture, "caption": "Our door"}}
    page.body = json.dumps([*page.body.raw_data, block])
    page.save()

    assert "Our door" in client.get(page.url).content.decode()
