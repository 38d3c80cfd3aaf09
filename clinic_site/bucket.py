"""Uploads in S3-compatible storage, for a clinic with more than one machine."""

from botocore.config import Config
from django.conf import settings
from django.utils.encoding import filepath_to_uri
from storages.backends.s3 import S3Storage

# Left alone, botocore waits a minute for each of five tries, and a few readers' pictures hold all
# threads. So a provider that hangs is given up before nginx gives us up.
PATIENCE = {"connect_timeout": 2, "read_timeout": 5, "retries": {"total_max_attempts": 2}}


class BucketStorage(S3Storage):
    """A private bucket, whose files have addresses of this site: browsers ask no other host."""

    def get_default_settings(self):
        return super().get_default_settings() | {"client_config": Config(**PATIENCE)}

    def url(self, name, *args, **kwargs):
        return f"{settings.MEDIA_URL}{filepath_to_uri(name)}"
