"""Which Content-Security-Policy a response gets."""

from csp.middleware import CSPMiddleware
from csp.utils import build_policy

from clinic_site.csp import ADMIN_POLICY, GUARDED_POLICY, GUARDED_VIEWS
from clinic_site.stylesheet import sources


class PublicPolicyMiddleware(CSPMiddleware):
    """Allow the sheets that pages carry, as they are now."""

    def get_policy_parts(self, request, response, report_only=False):
        parts = super().get_policy_parts(request, response, report_only)
        if not report_only:
            parts.update = {"style-src": sources(), **(parts.update or {})}
        return parts


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
