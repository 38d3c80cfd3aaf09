"""What staff may upload, and where it is kept: base.py takes all of it."""

WAGTAILIMAGES_IMAGE_MODEL = "content.ClinicImage"
WAGTAILIMAGES_IMAGE_FORM_BASE = "content.upload_forms.ClinicImageForm"
# No SVG, which can carry scripts, and no GIF, which can move.
WAGTAILIMAGES_EXTENSIONS = ["avif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 15 * 1024 * 1024
# As many as the best phones make; decoded, that is 150 MB of memory.
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 50_000_000
WAGTAILDOCS_DOCUMENT_FORM_BASE = "content.upload_forms.ClinicDocumentForm"
# Every phone opens a PDF; office files can carry programs.
WAGTAILDOCS_EXTENSIONS = ["pdf"]
WAGTAILDOCS_INLINE_CONTENT_TYPES: list[str] = []
# From object storage, too: Wagtail would send the reader there.
WAGTAILDOCS_SERVE_METHOD = "serve_view"
CONTENT_DOCUMENT_MAX_UPLOAD_SIZE = 20 * 1024 * 1024


def bucket(name, endpoint, region, key, secret):
    """Return the storage settings for a bucket: private, and no file takes another's place."""
    return {
        "BACKEND": "clinic_site.bucket.BucketStorage",
        "OPTIONS": {
            "bucket_name": name,
            "endpoint_url": endpoint,
            "region_name": region,
            "access_key": key,
            "secret_key": secret,
            "default_acl": None,
            "file_overwrite": False,
        },
    }
