"""The list of conditions, the body map, and pages that name each other."""

import re

import pytest
from wagtail.models import Locale

from content.models import ConditionIndexPage, ConditionPage, TreatmentPage

IDS = re.compile(r'\bid="([^"]*)"')


@pytest.fixture
def index(db):
    return ConditionIndexPage.objects.get(slug="conditions")


@pytest.fixture
def dystonia(db):
    return ConditionPage.objects.get(slug="dystonia")


def html(client, url):
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_a_to_z_lists_names_and_aliases_in_order(index, dystonia):
    dystonia.also_called = "Émile’s cramp\nelbow cramp"
    dystonia.save_revision().publish()

    letters = dict(ConditionIndexPage.objects.get(pk=index.pk).a_to_z())

    assert [name for name, _page, _alias in letters["D"]].count("Dystonia") == 1
    names = [name for name, _page, _alias in letters["E"]]
    assert (
        names.index("elbow cramp")
        < names.index("Émile’s cramp")
        < names.index("Excessive sweating (hyperhidrosis)")
    )
    assert all(is_alias for name, _page, is_alias in letters["E"] if "cramp" in name)


def test_an_alias_leads_to_its_page(client, index, dystonia):
    assert re.search(
        rf'<a href="{dystonia.url}">{dystonia.other_names[0]}</a> <span>see Dystonia</span>',
        html(client, index.url),
    )


def test_a_body_part_with_one_condition_leads_to_it_and_one_with_more_to_the_list(
    client, home, index
):
    areas = {area.slug: area for area in home.areas}

    for area in areas.values():
        expected = area.pages[0].url if len(area.pages) == 1 else f"{index.url}#{area.slug}"
        assert f'data-part="{area.slug}" href="{expected}"' in html(client, home.url)
    assert len(areas) == 6


def test_an_unpublished_condition_leaves_every_list(client, home, index, dystonia):
    dystonia.unpublish()

    assert dystonia.url not in html(client, index.url)
    assert dystonia.url not in html(client, home.url)
    assert client.get(dystonia.url).status_code == 404
    for page in TreatmentPage.objects.live():
        assert f'href="{dystonia.url}"' not in html(client, page.url)


def test_related_pages_name_each_other(client, dystonia):
    treatment = TreatmentPage.objects.get(slug="botox-for-spasticity")
    assert treatment not in dystonia.related_pages

    dystonia.related.append(("page", treatment))
    dystonia.save_revision().publish()

    assert f'href="{treatment.url}"' in html(client, dystonia.url)
    assert f'href="{dystonia.url}"' in html(client, treatment.url)


def test_a_condition_without_a_body_area_still_has_a_cover(client, dystonia):
    dystonia.body_areas = []
    dystonia.save_revision().publish()

    assert 'class="cover__art' in html(client, dystonia.url)


def test_a_link_in_the_text_follows_a_page_that_moves(client, dystonia):
    other = ConditionPage.objects.get(slug="cervical-dystonia")
    assert f'href="{dystonia.url}"' in html(client, other.url)

    dystonia.slug = "dystonia-moved"
    dystonia.save_revision().publish()

    assert 'href="/en/conditions/dystonia-moved/"' in html(client, other.url)


def test_the_switch_leads_to_the_same_page_in_the_other_language(client, home, dystonia):
    spanish = Locale.objects.get(language_code="es")
    translation = dystonia.get_translation(spanish)

    answer = html(client, dystonia.url)

    assert f'hreflang="es" href="{translation.full_url}"' in answer
    assert 'lang="es">Español</a>' in answer
    assert f'href="{dystonia.url}" hreflang="en" lang="en">English</a>' in html(
        client, translation.url
    )


def test_what_needs_a_call_says_of_which_illness_it_speaks(client, db):
    page = client.get("/en/when-to-get-help/").content.decode()
    card = page.split('class="care-card"')[1]

    before, after = card.split("<li>sudden new weakness</li>")
    assert "Sudden new symptoms with multiple sclerosis" in before.split("</ul>")[-1]


def test_a_heading_takes_no_address_from_a_part_that_every_page_has(client, dystonia):
    own = ["about", "sources", "related", "get-help", "fda-status", "questions-to-ask", "main"]
    assert set(own) <= set(IDS.findall(html(client, dystonia.url)))
    for heading in own:
        dystonia.body.append(("text", {"heading": heading.replace("-", " ").capitalize()}))

    dystonia.save_revision().publish()

    ids = IDS.findall(html(client, dystonia.url))
    assert sorted(ids) == sorted(set(ids))
    assert 'href="#get-help-section">Get help</a>' in html(client, dystonia.url)


def test_a_use_without_approval_is_not_said_to_be_unknown_to_the_fda(client, db):
    """The FDA knows of Botox for fewer headache days; its label says that it was not shown to help."""
    page = html(client, ConditionPage.objects.get(slug="chronic-migraine").url)

    assert "has not approved it for that use" in page
    assert "has not reviewed" not in page
