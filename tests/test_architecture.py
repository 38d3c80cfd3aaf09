"""Who may import whom, and what every template promises."""

import ast
import re

import pytest
from django.conf import settings

pytestmark = pytest.mark.one_database

ROOT = settings.BASE_DIR
TEMPLATES = ROOT / "templates"


def modules(*folders):
    return [
        path
        for folder in folders
        for path in sorted((ROOT / folder).rglob("*.py"))
        if "migrations" not in path.parts
    ]


def imports_of(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def offenders(paths, forbidden):
    return [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in paths
        for name in imports_of(path)
        if name == forbidden or name.startswith(f"{forbidden}.")
    ]


def test_content_does_not_import_the_site():
    assert offenders(modules("content"), "clinic_site") == []


def test_appointments_do_not_import_content():
    assert offenders(modules("clinic_site/appointments"), "content") == []


def test_operations_know_no_other_app():
    assert offenders(modules("clinic_site/operations"), "content") == []
    assert offenders(modules("clinic_site/operations"), "clinic_site.appointments") == []


def test_nothing_imports_settings_or_urls():
    settings_modules = set(modules("clinic_site/settings"))
    others = [path for path in modules("clinic_site", "content") if path not in settings_modules]

    assert offenders(others, "clinic_site.settings") == []
    assert offenders(others, "clinic_site.urls") == []


def test_blocks_do_not_import_models():
    assert offenders(modules("content/blocks"), "content.models") == []


def test_the_base_page_imports_no_other_model():
    assert offenders([ROOT / "content/models/base.py"], "content.models") == []


def test_no_module_imports_inside_a_function():
    inside = [
        f"{path.relative_to(ROOT)}:{child.lineno}"
        for path in modules("clinic_site", "content")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef)
        for child in ast.walk(node)
        if isinstance(child, (ast.Import, ast.ImportFrom))
    ]

    assert inside == []


@pytest.mark.parametrize(
    "path", sorted((TEMPLATES / "components").glob("*.html")), ids=lambda path: path.name
)
def test_a_component_says_what_it_takes(path):
    first_line = path.read_text().splitlines()[0]

    assert re.fullmatch(r"\{# .+ Takes: .+ #\}", first_line)


@pytest.mark.parametrize(
    "path", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: str(path.relative_to(TEMPLATES))
)
def test_a_template_keeps_the_rules(path):
    text = path.read_text()
    includes = re.findall(r"\{% include [^%]*%\}", text)

    assert [tag for tag in includes if " only %}" not in tag and "_script.js" not in tag] == []
    assert not re.search(r'\sstyle="|\son\w+="', text)
    assert not re.search(r'(src|href)="(https?:)?//', text)
