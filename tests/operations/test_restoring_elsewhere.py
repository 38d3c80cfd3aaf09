"""One server is lost; another, which has PostgreSQL and the site's two roles, becomes the site."""

import os
import subprocess
import sys
from contextlib import contextmanager

import pytest
from django.conf import settings as site_settings
from django.db import connection

from tests.appointments.drill import Site, new_form, only_long
from tests.appointments.drill_cluster import scratch_cluster, tell_psql
from tests.deploy.proxy import DEPLOY
from tests.operations import places

PASSWORDS = {"CLINIC_OWNER_PASSWORD": "owner", "CLINIC_WEB_PASSWORD": "web"}

pytestmark = [
    pytest.mark.slow,
    only_long,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no server."),
]


class Host:
    """A machine of the site: PostgreSQL as `install` sets it up, and a folder for the uploads."""

    def __init__(self, cluster, folder):
        self.cluster, self.folder = cluster, folder
        self.owner_url, self.url = (
            cluster.server.replace("postgres@", f"{role}@") + "/clinic"
            for role in ("clinic_owner", "clinic_web")
        )

    def tell(self, url, file):
        with (DEPLOY / "postgresql" / file).open() as statements:
            tell_psql(url, statements, **PASSWORDS)

    def make_roles(self):
        self.tell(f"{self.cluster.server}/postgres", "roles.sql")

    def give_rights(self):
        self.tell(self.owner_url, "rights.sql")

    def manage(self, url, *words, check=True):
        """Run a command as one of the roles; say whether it succeeded."""
        environment = {
            "DJANGO_SETTINGS_MODULE": "tests.operations.place_settings",
            "DATABASE_URL": url,
            "MEDIA_ROOT": str(self.folder / "media"),
            "BACKUP_DIR": str(self.folder / "backups"),
        }
        return not subprocess.run(
            [sys.executable, "manage.py", *words],
            cwd=site_settings.BASE_DIR,
            env=os.environ | environment,
            stdout=subprocess.DEVNULL,
            stderr=None if check else subprocess.DEVNULL,
            check=check,
        ).returncode

    def rows(self):
        with places.moved_to(
            "clinic", HOST="127.0.0.1", PORT=self.cluster.port, USER="clinic_owner"
        ):
            # The backup itself is remembered after its state was taken.
            return {name: sum for name, sum in places.rows().items() if "timerrun" not in name}


@contextmanager
def host(folder):
    with scratch_cluster() as cluster:
        host = Host(cluster, folder)
        host.make_roles()
        yield host


@pytest.fixture
def archive_and_rows(site):
    """What is left of a server that is lost, and what its tables held."""
    with host(site) as old:
        old.cluster.copy_test_database(old.owner_url)
        old.give_rights()
        old.manage(old.url, "backup")
        [archive] = (site / "backups").glob("clinic-site-*")
        return archive, old.rows()


@pytest.fixture
def new_host(site):
    folder = site / "new"
    folder.mkdir()
    with host(folder) as new:
        yield new


def test_an_empty_host_becomes_the_site_and_goes_on(archive_and_rows, new_host, site):
    archive, rows = archive_and_rows
    assert new_host.rows() == {}

    new_host.manage(new_host.owner_url, "restore", str(archive))
    new_host.manage(new_host.owner_url, "migrate")

    assert new_host.rows() == rows
    assert len(rows) > 50
    with Site(new_host) as served:
        assert served.send(new_form()).status == 303
    over = ["restore", str(archive), "--erase-database", "--erase-media"]
    new_host.manage(new_host.owner_url, *over)
    assert new_host.rows() == rows


def test_the_sites_own_role_may_not_put_an_archive_back(archive_and_rows, new_host):
    archive, _rows = archive_and_rows

    assert not new_host.manage(new_host.url, "restore", str(archive), check=False)
    assert new_host.rows() == {}
