"""Uploads in S3-compatible storage, for a clinic with more than one machine."""

from django.conf import settings
from django.utils.encoding import filepath_to_uri
from storages.backends.s3 import S3Storage


class BucketStorage(S3Storage):
    """A private bucket, whose files have addresses of this site: browsers ask no other host."""

    def url(self, name, *args, **kwargs):
        return f"{settings.MEDIA_URL}{filepath_to_uri(name)}"
