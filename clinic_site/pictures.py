"""Uploaded pictures that lie in object storage. Those on this machine the proxy hands out itself."""

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

# How long the proxy keeps a picture, once it has it.
PROXY_SECONDS = 3600
KINDS = {
    "avif": "image/avif",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
}
FOLDERS = ["images", "original_images", "avatar_images"]
PATTERN = rf"^media/(?P<name>(?:{'|'.join(FOLDERS)})/[^/]+\.(?P<kind>{'|'.join(KINDS)}))$"


@require_safe
@cache_control(public=True, max_age=86400)
def serve_picture(request, name, kind):
    """Hand out a picture and nothing else: documents are asked for elsewhere, and may be private."""
    try:
        picture = default_storage.open(name)
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(picture, content_type=KINDS[kind])
    response.headers["Content-Security-Policy"] = "default-src 'none'"
    response.headers["X-Accel-Expires"] = str(PROXY_SECONDS)
    return response
