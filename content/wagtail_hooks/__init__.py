"""How the admin shows what the clinic writes, by subject."""

from content.wagtail_hooks import (
    broken_links,
    dashboard,
    feedback,
    glossary,
    menus,
    permissions,
    publishing,
    rich_text,
    search,
    shared_texts,
    translations,
    unpublishing,
)

__all__ = [
    "broken_links",
    "dashboard",
    "feedback",
    "glossary",
    "menus",
    "permissions",
    "publishing",
    "rich_text",
    "search",
    "shared_texts",
    "translations",
    "unpublishing",
]
