"""A printed page: ink on white, all of its text, and where it came from."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.addresses import CONDITION, MIGRAINE, QUESTIONS, TREATMENT

pytestmark = pytest.mark.browser

FOR_SCREENS = "header, .site-footer, .breadcrumbs, .on-this-page, .appointment-band, [data-print]"
COLORS = """() => {
    const { backgroundColor, color } = getComputedStyle(document.body);
    return [backgroundColor, color];
}"""
HELP = ["/en/when-to-get-help/", "/es/cuando-pedir-ayuda/"]
# A PDF says where the targets of its links lie: so each end of what is to stay together gets one.
LINK_TO_BOTH_ENDS = """(selectors) => document.querySelectorAll(selectors).forEach((whole, number) => {
    const introduced = whole.matches("p") && whole.nextElementSibling;
    const ends = [whole, introduced?.firstElementChild || introduced || [...whole.querySelectorAll("*")].at(-1)];
    const links = ends.map((end, index) => {
        const link = document.createElement("a");
        const target = end.insertBefore(document.createElement("span"), end.firstChild);
        target.id = `end-${number}-${index}`;
        link.href = `#${target.id}`;
        link.textContent = "-";
        return link;
    });
    document.querySelector(".print-foot").append(...links);
})"""
LIES_ON = re.compile(rb"/end-(\d+)-\d \[(\d+) 0 R")
FIRST_SHEET = re.compile(rb"/Kids \[(\d+) 0 R")
INK_ON_WHITE = ["rgb(255, 255, 255)", "rgb(0, 0, 0)"]


@pytest.fixture
def page(new_page):
    page = new_page(color_scheme="dark", reduced_motion="reduce")
    page.goto(TREATMENT)
    return page


def test_what_is_only_for_screens_is_left_out(page):
    page.emulate_media(media="print")

    for part in page.locator(FOR_SCREENS).locator("a, button, summary, span").all():
        expect(part).to_be_hidden()


def test_a_printed_page_says_whom_to_call_and_where_it_came_from(page):
    phone = page.locator("a.top-strip__phone").evaluate("(link) => link.lastChild.textContent")
    expect(page.locator(".print-head")).to_be_hidden()

    page.emulate_media(media="print")

    expect(page.locator(".print-head")).to_be_visible()
    expect(page.locator(".print-head")).to_contain_text(phone)
    expect(page.locator(".print-foot")).to_be_visible()
    expect(page.locator(".print-foot")).to_contain_text(TREATMENT)
    expect(page.locator("#sources + ol > li").first).to_be_visible()


@pytest.mark.parametrize("theme", ["", "light", "dark", "low-glare"])
def test_paper_is_white_whatever_the_screen_is(page, theme):
    page.evaluate("(theme) => localStorage.setItem('theme', theme)", theme)
    page.goto(CONDITION)

    page.emulate_media(media="print")

    assert page.evaluate(COLORS) == INK_ON_WHITE


def test_printing_opens_every_question(page):
    page.goto(QUESTIONS)

    page.pdf()

    assert page.locator("details.question").count()
    assert page.locator("details.question:not([open])").count() == 0


def test_answers_are_printed_without_javascript(new_page):
    page = new_page(java_script_enabled=False)
    page.goto(QUESTIONS)

    page.emulate_media(media="print")

    for answer in page.locator(".question__answer > p").all():
        expect(answer).to_be_visible()


def sheets(page, selectors):
    """The sheets that each element has an end on, and the first sheet of all."""
    page.evaluate(LINK_TO_BOTH_ENDS, selectors)
    pdf = page.pdf(format="Letter", prefer_css_page_size=True)
    lies_on = {}
    for number, sheet in LIES_ON.findall(pdf):
        lies_on.setdefault(int(number), set()).add(sheet)
    return [lies_on[number] for number in sorted(lies_on)], FIRST_SHEET.search(pdf)[1]


@pytest.mark.parametrize("address", HELP)
def test_the_danger_signs_begin_on_the_first_sheet_and_none_is_torn_apart(new_page, address):
    page = new_page()
    page.goto(address)
    count = page.locator(".urgent-note__danger").count()

    dangers, first = sheets(page, ".urgent-note__danger")

    assert len(dangers) == count > 3
    assert dangers[0] == {first}
    assert [len(danger) for danger in dangers] == [1] * count


@pytest.mark.parametrize("address", [*HELP, MIGRAINE, "/es/enfermedades/migrana-cronica/"])
def test_whom_to_call_stands_on_the_sheet_of_the_last_signs(new_page, address):
    page = new_page()
    page.goto(address)

    (signs, number), _first = sheets(
        page, ".care-card > div:last-of-type, .care-card > p:nth-last-child(2)"
    )

    assert len(signs) == 1
    assert number == signs


@pytest.mark.parametrize("address", [*HELP, CONDITION, TREATMENT])
def test_what_introduces_a_list_stands_on_its_sheet(new_page, address):
    page = new_page()
    page.goto(address)

    introduced, _first = sheets(page, "main p:has(+ ul)")

    assert introduced
    assert [len(each) for each in introduced] == [1] * len(introduced)
