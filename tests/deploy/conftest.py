"""nginx before a small application, and before the real one."""

import os

import pytest

from tests.deploy.proxy import NGINX, Proxy
from tests.deploy.stand_in import StandIn


@pytest.fixture(scope="session")
def nginx():
    """Skip loudly where nginx is missing; CI has it."""
    if not NGINX.exists():
        if os.environ.get("CI") == "true":
            pytest.fail("CI needs nginx: see .ci/run.")
        pytest.skip("############ SKIPPED: no nginx. Its tests did not run. ############")


@pytest.fixture
def application():
    stand_in = StandIn()
    yield stand_in
    stand_in.stop()


@pytest.fixture
def proxy(nginx, application, tmp_path):
    with Proxy(tmp_path, application.port) as proxy:
        application.asked.clear()
        yield proxy


@pytest.fixture
def proxy_with(nginx, application, tmp_path):
    """Starts nginx with something of its files changed."""

    def start(changes):
        return Proxy(tmp_path, application.port, changes)

    return start
