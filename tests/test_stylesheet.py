"""The rules that pages carry in themselves."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from clinic_site.csp import hash_source
from clinic_site.failures import WORDS, failure
from clinic_site.stylesheet import SHEETS, stylesheet
from tests.appointments.typing import ADDRESS, go_through, send
from tests.browser.addresses import ONE_OF_EACH_TYPE

FOLDER = Path(settings.BASE_DIR, "static", "css")
# Loaded by every page, as a file.
BESIDE = ["print"]
STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
CLASSES = re.compile(r'\bclass="([^"]*)"')
SELECTED = re.compile(r"\.([a-z][\w-]*)")


def written(parts):
    return "\n".join((FOLDER / f"{part}.css").read_text() for part in parts)


pytestmark = pytest.mark.one_database


def rules(css):
    """What a browser reads: no comments, any white space as one space, files without folders."""
    return " ".join(re.sub(r'url\("[^"]*/', 'url("', COMMENT.sub(" ", css)).split())


def styled(css):
    """The classes that have rules."""
    return set(SELECTED.findall(COMMENT.sub(" ", css)))


EVERY_PART = [part for parts in SHEETS.values() for part in parts]
HAVE_RULES = styled(written(EVERY_PART))


def classes_without_their_rules(html):
    used = {name for names in CLASSES.findall(html) for name in names.split()}
    carried = "".join(STYLE.findall(html)) + written(BESIDE)
    return used & HAVE_RULES - styled(carried)


@pytest.mark.parametrize("sheet", SHEETS)
def test_a_sheet_says_what_its_parts_say_and_is_smaller(sheet):
    css = written(SHEETS[sheet])

    assert rules(stylesheet(sheet)) == rules(css)
    assert len(stylesheet(sheet)) < 0.97 * len(css)


def test_every_part_is_in_a_sheet_or_beside_it():
    of_patients = {path.stem for path in FOLDER.glob("*.css") if "_" not in path.stem}

    assert {*EVERY_PART, *BESIDE} == of_patients


@pytest.mark.parametrize("address", ONE_OF_EACH_TYPE)
def test_a_page_carries_the_rules_it_needs(client, db, address):
    html = client.get(address).content.decode()

    assert 'class="cover' in html
    assert not classes_without_their_rules(html)


@pytest.mark.parametrize(
    "answers",
    [{"name": ""}, {"step": "check"}, {"note": "I cannot breathe"}],
    ids=["errors", "check", "stop"],
)
def test_a_step_of_the_form_carries_the_rules_it_needs(client, db, answers):
    html = send(client, **answers).content.decode()

    assert 'class="button' in html
    assert not classes_without_their_rules(html)


def test_a_receipt_carries_the_rules_it_needs(client, db):
    html = client.get(go_through(client)).content.decode()

    assert "status-steps" in html
    assert not classes_without_their_rules(html)


@pytest.mark.parametrize("status", WORDS)
def test_a_page_of_a_failure_carries_the_rules_it_needs(rf, status):
    html = failure(rf.post(ADDRESS, {"name": "Test Person"}), status).content.decode()

    assert not classes_without_their_rules(html)


def test_the_check_finds_a_class_without_its_rules(client, db):
    html = client.get(ADDRESS).content.decode()

    assert classes_without_their_rules(STYLE.sub("", html))


def test_the_policy_allows_these_rules_and_no_others(client, db):
    responses = [client.get(address) for address in (ADDRESS, *ONE_OF_EACH_TYPE)]

    policy = responses[0].headers["Content-Security-Policy"].split("; ")
    [allowed] = [words.split() for words in policy if words.startswith("style-src ")]
    carried = [css for page in responses for css in STYLE.findall(page.content.decode())]
    assert {hash_source(css) for css in carried} == set(allowed[1:]) - {"'self'"}
