"""The starter content: fixtures/*.toml made into pages, snippets and settings.

Only the seed command uses this. Once a page exists, editors own it and the file no longer counts.
"""
