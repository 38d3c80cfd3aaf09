"""The Content-Security-Policy of the public site, and the one of the admin."""

import base64
import hashlib
from functools import lru_cache
from pathlib import Path

from csp.constants import NONE, SELF, UNSAFE_INLINE

COMPONENTS = Path(__file__).resolve().parent.parent / "templates/components"


@lru_cache(maxsize=8)
def hash_source(text):
    """Return the CSP source that allows exactly this script, or these rules, in the page itself."""
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


# These run in the page itself. From a file they would either block the first paint or come after
# it: a flash of white hurts a reader with migraine, and a font asked for then comes too late.
# Their hashes allow them alone.
INLINE_SCRIPTS = [COMPONENTS / "theme_script.js", COMPONENTS / "font_script.js"]
PUBLIC_POLICY = {
    "default-src": [NONE],
    "script-src": [SELF, *(hash_source(script.read_text()) for script in INLINE_SCRIPTS)],
    "style-src": [SELF],
    "img-src": [SELF],
    "font-src": [SELF],
    "connect-src": [SELF],
    "manifest-src": [SELF],
    "form-action": [SELF],
    "base-uri": [NONE],
    "frame-ancestors": [NONE],
}

# Wagtail's date widgets, inline panels and choosers carry inline scripts and styles; its previews
# are frames of the same site. tests/test_inline_scripts.py knows each inline script, and says why
# neither hashes nor nonces would do.
ADMIN_POLICY = {
    **PUBLIC_POLICY,
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "media-src": [SELF, "blob:"],
    "frame-src": [SELF],
    "frame-ancestors": [SELF],
}

# Pages that show what patients wrote, or take passwords, have no inline scripts: they allow none.
GUARDED_POLICY = {**ADMIN_POLICY, "script-src": PUBLIC_POLICY["script-src"]}
GUARDED_VIEWS = (
    "appointments_desk:",
    "second_factor:",
    "staff_accounts:",
    "wagtailadmin_account",
    "wagtailadmin_home",
    "wagtailadmin_login",
    "wagtailadmin_password_reset",
)
