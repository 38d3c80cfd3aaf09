"""The addresses of the seeded site, read from its fixtures, so that a new page is tested too."""

from django.conf import settings

from content.starter.files import page_files

FOLDERS = sorted(path for path in (settings.BASE_DIR / "fixtures").iterdir() if path.is_dir())
FILES = [file for folder in FOLDERS for file in page_files(folder)]


def address(file):
    return f"/{file.language}/{file.key}/" if file.key else f"/{file.language}/"


def longest_of_each_type():
    """The addresses of one page of every type, the one that says most."""
    by_size = sorted(FILES, key=lambda file: file.path.stat().st_size)
    return [address(file) for file in {file.data["type"]: file for file in by_size}.values()]


HOMES = [f"/{folder.name}/" for folder in FOLDERS]
PAGES = [address(file) for file in FILES]
VIEWS = [f"{home}appointments/" for home in HOMES]
LOST = "/en/no-such-page/"
SEARCHES = ["/en/search/?q=stiff+arm", "/en/search/?q=derrame+migrane", "/es/buscar/?q=botoks"]
EVERYTHING = [*PAGES, *VIEWS, *SEARCHES, LOST]
ONE_OF_EACH_TYPE = [*longest_of_each_type(), VIEWS[0], *SEARCHES, LOST]

CONDITION = "/en/conditions/cervical-dystonia/"
MIGRAINE = "/en/conditions/chronic-migraine/"
TREATMENT = "/en/treatments/botox-for-dystonia/"
QUESTIONS = "/en/questions/"
