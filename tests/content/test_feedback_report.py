"""What editors see of the answers to “Was this page helpful?”."""

import csv
import re
from io import BytesIO, StringIO

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from openpyxl import load_workbook

from content.groups import FRONT_DESK, TRANSLATORS
from content.models import ConditionPage, PageFeedback

REPORT = "/admin/reports/feedback/"


@pytest.fixture
def page(db):
    return ConditionPage.objects.get(slug="dystonia", locale__language_code="en")


@pytest.fixture
def answers(page):
    other = ConditionPage.objects.exclude(pk=page.pk).first()
    PageFeedback.objects.create(page=page, is_helpful=True, comment="Clear & short.")
    PageFeedback.objects.create(page=page, is_helpful=False, comment='=HYPERLINK("x")')
    PageFeedback.objects.create(page=other, is_helpful=False, comment="Too long.")


def test_editors_read_every_answer(editor, answers):
    text = editor.get(REPORT).content.decode()

    assert "Clear &amp; short." in text
    assert "Too long." in text
    assert "1 yes, 2 no" in text
    assert "Delete" not in text.partition("<table")[2]


def test_the_answers_about_one_page_are_one_click_from_it(admin_client, page, answers):
    edit = admin_client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    link = re.search(rf'href="({REPORT}\?page={page.pk})"', edit)[1]
    assert "1 yes, 1 no" in edit

    text = admin_client.get(link).content.decode()

    assert "Clear &amp; short." in text
    assert "Too long." not in text


def test_the_answers_can_be_narrowed(editor, answers):
    rows = editor.get(f"{REPORT}results/", {"is_helpful": "True"}).content.decode()

    assert "Clear &amp; short." in rows
    assert "Too long." not in rows


def test_the_report_comes_as_a_csv_that_computes_nothing(editor, page, answers):
    answer = editor.get(REPORT, {"export": "csv"})

    rows = list(csv.reader(StringIO(b"".join(answer.streaming_content).decode())))
    assert rows[0] == ["Page", "Address", "Helpful", "Comment", "Day"]
    assert len(rows) == 4
    assert [page.title, "No", '\'=HYPERLINK("x")'] in [[row[0], *row[2:4]] for row in rows]


def test_the_report_comes_as_a_workbook(editor, answers):
    answer = editor.get(REPORT, {"export": "xlsx"})

    sheet = load_workbook(BytesIO(b"".join(answer.streaming_content))).active
    rows = list(sheet.values)
    assert rows[0][:3] == ("Page", "Address", "Helpful")
    assert len(rows) == 4
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_a_line_that_says_too_much_is_deleted(admin_client, answers):
    unwanted = PageFeedback.objects.get(comment="Too long.")
    link = f"{REPORT}{unwanted.pk}/delete/"
    assert f'href="{link}"' in admin_client.get(REPORT).content.decode()

    admin_client.post(link)

    assert not PageFeedback.objects.filter(pk=unwanted.pk).exists()


def test_only_who_may_reads_or_deletes(editor, answers, django_user_model):
    unwanted = PageFeedback.objects.first()
    assert editor.post(f"{REPORT}{unwanted.pk}/delete/").status_code == 302
    assert PageFeedback.objects.filter(pk=unwanted.pk).exists()

    desk = django_user_model.objects.create_user("luis", password="long enough for a test")
    desk.groups.add(Group.objects.get(name=FRONT_DESK))
    editor.force_login(desk)
    answer = editor.get(REPORT)

    assert answer.status_code == 302
    assert answer.url == reverse("wagtailadmin_home")
    assert REPORT not in editor.get("/admin/").content.decode()


def test_translators_are_told_no_counts_beside_a_page(client, django_user_model, page):
    """They may not read the answers."""
    translator = django_user_model.objects.create_user("translator", password="x")
    translator.groups.add(Group.objects.get(name=TRANSLATORS))
    client.force_login(translator)
    spanish = page.get_translations().get()

    text = client.get(reverse("wagtailadmin_pages:edit", args=[spanish.pk])).content.decode()

    assert spanish.title in text
    assert "Helpful?" not in text
