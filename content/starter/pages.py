"""Making the pages, snippets and settings that the fixtures describe and the site lacks."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import transaction
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Locale, Page, Site

from content.models import BasePage, ClinicSettings, DangerMessage, GlossaryTerm, HomePage, Source
from content.starter.aligning import align_blocks
from content.starter.files import FixtureError, Place, page_files, read_toml, stable_key
from content.starter.rich_text import rich_text
from content.starter.streams import stream_value

ABOUT_THE_FILE = {"type", "position", "translation_of"}
SNIPPETS = {"sources": Source, "danger-messages": DangerMessage, "glossary": GlossaryTerm}


@dataclass
class References:
    """Finds what a fixture names: pages by key, snippets by slug, in one language."""

    locale: Locale
    pages: dict = field(default_factory=dict)

    def page_id(self, key, place):
        if key.strip("/") not in self.pages:
            raise place.error(f"There is no page “{key}” in this language.")
        return self.pages[key.strip("/")].pk

    def snippet_id(self, model, slug, place):
        found = model.objects.filter(locale=self.locale, slug=slug).values_list("pk", flat=True)
        if not found:
            raise place.error(f"There is no {model._meta.verbose_name} “{slug}”.")
        return found[0]


def assign(instance, name, value, place, references):
    """Set one field of a page, snippet or setting from a fixture's value."""
    try:
        model_field = instance._meta.get_field(name)
    except FieldDoesNotExist:
        raise place.error(f"{type(instance).__name__} has no such field.") from None
    if isinstance(model_field, StreamField):
        items = value if isinstance(value, list) else [value]
        value = stream_value(model_field.stream_block, items, place, references)
    elif isinstance(model_field, RichTextField):
        value = rich_text(value, place, references)
    elif isinstance(value, list):
        value = "\n".join(value)
    setattr(instance, name, value)


def check(instance, place, exclude=()):
    try:
        instance.full_clean(exclude=exclude)
    except ValidationError as error:
        name, messages = next(iter(error.message_dict.items()))
        raise place.at(name).error(" ".join(messages)) from error


def seed_settings(folder):
    """Fill the clinic's settings if nobody has; return whether that was done."""
    instance = ClinicSettings.load()
    if instance.name:
        return False
    path = folder / "settings.toml"
    for name, value in read_toml(path).items():
        assign(instance, name, value, Place(path, name), None)
    check(instance, Place(path))
    instance.save()
    return True


def clear():
    """Take away all that `seed` makes, so that it makes, and so checks, everything."""
    for home in HomePage.objects.all():
        home.delete()
    for model in SNIPPETS.values():
        model._default_manager.all().delete()
    ClinicSettings.objects.all().delete()


def seed_snippets(folder, locale):
    """Make the snippets of one language that the site lacks; return how many."""
    made = 0
    for name, model in SNIPPETS.items():
        path = folder / "snippets" / f"{name}.toml"
        for slug, data in read_toml(path).items() if path.exists() else ():
            made += seed_snippet(model, slug, data, Place(path, slug), locale)
    return made


def seed_snippet(model, slug, data, place, locale):
    key = stable_key(model.__name__, slug)
    if model.objects.filter(translation_key=key, locale=locale).exists():
        return False
    instance = model(slug=slug, locale=locale, translation_key=key)
    for name, value in data.items():
        assign(instance, name, value, place.at(name), References(locale))
    check(instance, place)
    instance.save()
    return True


def model_of(file):
    """Return the page model that a file names in its `type`."""
    try:
        model = apps.get_model("content", file.data.get("type", ""))
    except (LookupError, ValueError):
        model = None
    if model is None or not issubclass(model, BasePage):
        raise file.place.at("type").error("Name a page type here, such as ConditionPage.")
    return model


def existing_pages(files, locale):
    keys = {file.translation_key: file.key for file in files}
    found = Page.objects.filter(locale=locale, translation_key__in=keys)
    return {keys[page.translation_key]: page for page in found}


def add_page(file, parent, locale):
    """Add a page's title and place in the tree; its fields come once all pages have ids."""
    model = model_of(file)
    page = model(
        title=file.data.get("title", ""),
        slug=file.slug,
        locale=locale,
        translation_key=file.translation_key,
        live=False,
    )
    if not page.title:
        raise file.place.at("title").error("Every page needs a title.")
    if not model.can_create_at(parent):
        raise file.place.at("type").error(f"{model.__name__} may not live below “{parent}”.")
    return parent.add_child(instance=page)


def fill_page(page, file, references):
    for name, value in file.data.items():
        if name not in ABOUT_THE_FILE:
            assign(page, name, value, file.place.at(name), references)
    check(page, file.place, exclude=["path", "depth"])
    original = page.get_translation_or_none(Locale.get_default())
    if original and not page.is_original:
        align_blocks(page, original)
    page.save_revision(clean=False).publish()


def seed_pages(folder, locale, tell=lambda done, total: None):
    """Make the pages of one language that the site lacks; return how many."""
    files = page_files(folder)
    pages = existing_pages(files, locale)
    missing = [file for file in files if file.key not in pages]
    for file in missing:
        if file.parent_key is not None and file.parent_key not in pages:
            raise file.place.error(f"The page above it, “{file.parent_key}”, has no file.")
        parent = Page.get_first_root_node() if file.parent_key is None else pages[file.parent_key]
        pages[file.key] = add_page(file, parent.specific, locale)
    references = References(locale, pages)
    for done, file in enumerate(missing, start=1):
        fill_page(pages[file.key], file, references)
        tell(done, len(missing))
    return len(missing)


def claim_site():
    """Point the site at the English home page, in place of Wagtail's welcome page."""
    home = HomePage.objects.get(locale=Locale.get_default())
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    if site.root_page_id and isinstance(site.root_page.specific, HomePage):
        return
    welcome = site.root_page if site.root_page_id else None
    address = urlsplit(settings.WAGTAILADMIN_BASE_URL)
    site.hostname = address.hostname
    site.port = address.port or {"http": 80, "https": 443}[address.scheme]
    site.root_page = home
    site.save()
    if welcome and not welcome.is_root():
        welcome.delete()


@transaction.atomic
def seed(folder, tell=lambda what: None):
    """Make everything the fixtures in `folder` describe and the site lacks, or nothing at all."""
    if not (folder / settings.LANGUAGE_CODE).is_dir():
        raise FixtureError(f"{folder}: there is no folder “{settings.LANGUAGE_CODE}” in it.")
    tell("Clinic settings: " + ("made" if seed_settings(folder) else "kept"))
    for code, _name in settings.LANGUAGES:
        locale, _made = Locale.objects.get_or_create(language_code=code)
        if (folder / code).is_dir():
            snippets = seed_snippets(folder / code, locale)
            pages = seed_pages(
                folder / code,
                locale,
                lambda done, total: (
                    done % 10 and done != total or tell(f"  {done} of {total} pages")
                ),
            )
            tell(f"{code}: {snippets} snippets and {pages} pages made")
    claim_site()
