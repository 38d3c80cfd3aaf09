"""The whole URL map. Wagtail comes last: it answers every address that nothing else does."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.conf.urls.static import static
from django.urls import include, path, re_path
from django.views.decorators.cache import never_cache
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.admin.auth import require_admin_access
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.views import authenticate_with_password

from clinic_site import pictures
from content.serving import serve_page
from content.user_accounts.views import OwnAccountView

handler400 = "clinic_site.failures.bad_request"
handler403 = "clinic_site.failures.permission_denied"
handler404 = "content.views.page_not_found"
handler500 = "clinic_site.failures.server_error"

urlpatterns = [
    path("admin/second-factor/", include("clinic_site.staff_accounts.urls")),
    path(
        "admin/account/",
        never_cache(require_admin_access(OwnAccountView.as_view())),
        name="wagtailadmin_account",
    ),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    *static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT),
    re_path(pictures.PATTERN, pictures.serve_picture),
    path("", include("content.root_urls")),
]
urlpatterns += i18n_patterns(
    path("appointments/", include("clinic_site.appointments.urls")),
    path("", include("content.urls")),
    # Wagtail's second login form asks for no code: the first serves for private pages, too.
    path(
        "_util/login/", RedirectView.as_view(pattern_name="wagtailadmin_login", query_string=True)
    ),
    # Our own way to pages, below, would answer first that there is no such page.
    path(
        "_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/",
        authenticate_with_password,
    ),
    re_path(wagtail_urls.serve_pattern, serve_page),
    path("", include(wagtail_urls)),
)
