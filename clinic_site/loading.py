"""Libraries that few requests need, and a start of the site need not wait for."""

from functools import partial
from importlib import import_module

from django.utils.functional import SimpleLazyObject


def loaded_when_used(name):
    """The module of this name, imported by the first who asks anything of it."""
    return SimpleLazyObject(partial(import_module, name))
