"""The seed command, and what it says about mistakes in the fixtures."""

import shutil
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from wagtail.models import Page, Site

from content.models import ClinicSettings, ConditionPage, HomePage, Source
from content.page_text import page_pieces

FIXTURES = settings.BASE_DIR / "fixtures"


@pytest.fixture
def fixtures(tmp_path, db):
    """A copy of the starter content, to break."""
    return shutil.copytree(FIXTURES, tmp_path / "fixtures")


def seed(folder=FIXTURES, **options):
    output = StringIO()
    call_command("seed", fixtures=folder, stdout=output, **options)
    return output.getvalue()


def add_condition(fixtures, text):
    (fixtures / "en/conditions/new.toml").write_text(text)


GOOD = """
type = "ConditionPage"
title = "A new condition"
summary = "What it is."

[[body]]
[body.text]
body = "Words."
"""


def test_the_site_opens_at_the_english_home_page(db):
    site = Site.objects.get(is_default_site=True)

    assert isinstance(site.root_page.specific, HomePage)
    assert site.root_url == settings.WAGTAILADMIN_BASE_URL


@pytest.mark.parametrize("language", ["en", "es"])
def test_readers_see_no_typewriter_quotes(db, language):
    pages = Page.objects.filter(locale__language_code=language, depth__gt=1).specific()
    texts = [piece for page in pages for piece in [page.title, *page_pieces(page)]]

    assert len(texts) > 1000
    assert [text for text in texts if '"' in text or "&quot;" in text] == []


def test_no_serious_case_is_said_of_spread_alone_in_spanish_too(db):
    """“No serious case” of anything would promise more than the English and its source."""
    pages = Page.objects.filter(locale__language_code="es", depth__gt=1).specific()
    told = [piece for page in pages for piece in page_pieces(page) if "ningún caso grave" in piece]

    assert len(told) == 5
    assert [piece for piece in told if "ningún caso grave de este tipo" not in piece] == []


def test_a_second_seed_makes_nothing(db):
    assert "0 snippets and 0 pages made" in seed()


def test_a_page_that_is_missing_is_made_again(db):
    ConditionPage.objects.get(slug="dystonia").delete()

    assert "1 pages made" in seed()

    assert ConditionPage.objects.get(slug="dystonia").live


def test_an_editors_changes_are_kept(db):
    page = ConditionPage.objects.get(slug="dystonia")
    page.title, page.slug = "Dystonia and you", "dystonia-and-you"
    page.save_revision().publish()
    Source.objects.filter(slug="botox-label").update(title="A newer label")
    ClinicSettings.objects.update(phone="305-372-5000")

    assert "0 snippets and 0 pages made" in seed()

    assert ConditionPage.objects.get(pk=page.pk).title == "Dystonia and you"
    assert not ConditionPage.objects.filter(slug="dystonia").exists()
    assert Source.objects.get(slug="botox-label", locale=page.locale).title == "A newer label"
    assert ClinicSettings.load().phone == "305-372-5000"


def test_a_new_file_becomes_a_page(fixtures):
    add_condition(fixtures, GOOD)

    seed(fixtures)

    assert ConditionPage.objects.get(slug="new").url == "/en/conditions/new/"


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (GOOD.replace("[[body]]", "[[body"), "new.toml: "),
        (GOOD.replace("ConditionPage", "IllnessPage"), "new.toml: type: Name a page type"),
        (
            GOOD.replace("ConditionPage", "QuestionPage"),
            "new.toml: type: QuestionPage may not live",
        ),
        (GOOD.replace("title =", "name ="), "new.toml: title: Every page needs a title."),
        (
            GOOD.replace("summary =", "sumary ="),
            "new.toml: sumary: ConditionPage has no such field.",
        ),
        (
            GOOD.replace("What it is.", "x" * 201),
            "new.toml: summary: Ensure this value has at most 200",
        ),
        (
            GOOD.replace("body.text", "body.txt"),
            "new.toml: body[1]: There is no block “txt”. Use one of: text",
        ),
        (
            GOOD.replace('body = "Words."', 'boby = "Words."'),
            "body[1].text: There is no field “boby”.",
        ),
        (
            GOOD.replace("Words.", "[x](page:nowhere)"),
            "body[1].text.body: There is no page “nowhere”",
        ),
        (GOOD.replace('body = "Words."', "body = 7"), "body[1].text.body: Write text here"),
        (
            GOOD.replace('body = "Words."', 'lead = "Words."'),
            "body: 1.body: This field is required.",
        ),
        (
            GOOD.replace("[[body]]", 'dangers = ["none"]\n[[body]]'),
            "dangers[1].danger: There is no danger message “none”.",
        ),
    ],
)
def test_a_mistake_names_its_file_and_field(fixtures, text, complaint):
    add_condition(fixtures, text)

    with pytest.raises(CommandError) as caught:
        seed(fixtures)

    assert complaint in str(caught.value)


def test_a_mistake_leaves_the_site_as_it_was(fixtures):
    ConditionPage.objects.get(slug="dystonia").delete()
    before = set(Page.objects.values_list("path", flat=True))
    add_condition(fixtures, GOOD.replace("summary", "sumary"))

    with pytest.raises(CommandError):
        seed(fixtures)

    assert set(Page.objects.values_list("path", flat=True)) == before


def test_a_page_below_a_missing_page_is_refused(fixtures):
    (fixtures / "en/other").mkdir()
    (fixtures / "en/other/new.toml").write_text(GOOD)

    with pytest.raises(CommandError, match="The page above it, “other”, has no file."):
        seed(fixtures)


def test_an_empty_folder_is_refused(tmp_path, db):
    with pytest.raises(CommandError, match="there is no folder “en” in it"):
        seed(tmp_path)


@pytest.mark.slow
@pytest.mark.one_database
def test_a_check_makes_everything_anew_and_keeps_nothing_of_it(fixtures):
    shutil.rmtree(fixtures / "es")
    before = set(Page.objects.values_list("pk", "latest_revision_id"))

    said = seed(fixtures, check=True)

    assert "50 pages made" in said
    assert set(Page.objects.values_list("pk", "latest_revision_id")) == before


@pytest.mark.slow
def test_a_check_finds_a_mistake_in_the_file_of_a_page_that_exists(fixtures):
    shutil.rmtree(fixtures / "es")
    file = fixtures / "en/conditions/dystonia.toml"
    file.write_text(file.read_text().replace("summary", "sumary", 1))
    assert "0 pages made" in seed(fixtures)

    with pytest.raises(CommandError, match="dystonia.toml: sumary"):
        seed(fixtures, check=True)
