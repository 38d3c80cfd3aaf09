"""axe-core and the width of a page, at every width and in every theme."""

from axe_playwright_python.base import AXE_SCRIPT

THEMES = ["light", "dark", "low-glare"]
WIDTHS = [320, 1280]
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOR_RULES = ["color-contrast", "link-in-text-block"]

# A menu lies over the page: open, it would hide from axe what is below it.
OPEN_FOLDS = """() => document.querySelectorAll("details:not(.display-menu, .site-menu)")
    .forEach((details) => { details.open = true; })"""
SIDEWAYS = "document.documentElement.scrollWidth - innerWidth"
RUN_AXE = """async ([theme, tags, context, left]) => {
    document.documentElement.dataset.theme = theme;
    const rules = Object.fromEntries(left.map((rule) => [rule, { enabled: false }]));
    const options = { runOnly: tags, rules, resultTypes: ["violations"] };
    const { violations } = await axe.run(context ?? { include: newLooks }, options);
    return violations.flatMap(({ id, nodes }) => nodes.map((node) =>
        `${theme}: ${id}: ${node.target.join(" ")}: ${node.failureSummary}`));
}"""
# Texts with the same tags and classes above them look alike on every page.
FIND_NEW_LOOKS = """([context, seen]) => {
    const look = (element) => element
        && `${look(element.parentElement)} ${element.tagName}.${element.getAttribute("class")}`;
    const hasText = (element) => element.matches("a, input, select, textarea")
        || [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
    const texts = [...document.querySelectorAll(`${context} *`)].filter(hasText);
    const looks = new Map(texts.map((element) => [look(element), element]));
    seen.forEach((name) => looks.delete(name));
    window.newLooks = [...looks.values()];
    return [...looks.keys()];
}"""


def problems(page, seen, context=":root"):
    """What is wrong at every width, in every theme, one line each.

    Axe takes most of the time. Its rules on colors look at each look once, as `seen` tells; on a
    large screen, where things stand further apart, the others look at pages with something new.
    """
    page.evaluate(AXE_SCRIPT)
    new_looks = page.evaluate(FIND_NEW_LOOKS, [context, list(seen)])
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        found = []
        if new_looks or width == WIDTHS[0]:
            found += page.evaluate(RUN_AXE, [THEMES[0], TAGS, context, COLOR_RULES])
        for theme in THEMES if new_looks else []:
            found += page.evaluate(RUN_AXE, [theme, COLOR_RULES, None, []])
        if page.evaluate(SIDEWAYS) > 0:
            found.append("it is wider than the screen")
        yield from (f"{page.url} at {width} px, {problem}" for problem in found)
    seen.update(new_looks)
