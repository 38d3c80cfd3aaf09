"""The Content-Security-Policy of the public site, and the one of the admin."""

import base64
import hashlib
from pathlib import Path

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.utils import build_policy

THEME_SCRIPT = Path(__file__).resolve().parent.parent / "templates/components/theme_script.js"


def script_hash(path):
    """Return the CSP source that allows exactly the script in the file at `path`."""
    digest = hashlib.sha256(path.read_bytes()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


# The theme script runs in the page itself: from a file it would either block the first paint or
# come after it, and a flash of white hurts a reader with migraine. Its hash allows it alone.
PUBLIC_POLICY = {
    "default-src": [NONE],
    "script-src": [SELF, script_hash(THEME_SCRIPT)],
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


class AdminPolicyMiddleware:
    """Give the admin's pages, and the previews in them, their own policies.

    A preview is a public page drawn inside the admin: the policy it brings along is replaced.
    """

    def __init__(self, get_response):
        self.get_response = get_response
        self.policy = build_policy(ADMIN_POLICY)
        self.guarded_policy = build_policy(GUARDED_POLICY)

    def __call__(self, request):
        response = self.get_response(request)
        if request.path.startswith("/admin/"):
            match = request.resolver_match
            is_guarded = match and match.view_name.startswith(GUARDED_VIEWS)
            policy = self.guarded_policy if is_guarded else self.policy
            response.headers["Content-Security-Policy"] = policy
        return response
