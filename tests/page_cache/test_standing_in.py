"""While the site is broken, the page that is kept stands in for a fresh one."""

from django.core.handlers.wsgi import WSGIHandler

from clinic_site.page_cache.memory import STAND_IN_SECONDS
from tests.page_cache.conftest import SECONDS, ask

ADDRESS = "/en/conditions/chronic-migraine/"


class Refusal(list):
    """An answer that says when the server is done with it, as Django's do."""

    is_closed = False

    def close(self):
        self.is_closed = True


class Breakable:
    """The site, until it breaks."""

    def __init__(self):
        self.site, self.is_broken = WSGIHandler(), False
        self.refusals = []

    def __call__(self, environ, start_response):
        if not self.is_broken:
            return self.site(environ, start_response)
        start_response("503 Service Unavailable", [])
        self.refusals.append(Refusal([b"The database is away."]))
        return self.refusals[-1]


def test_while_the_site_is_broken_readers_get_the_page_as_it_was(new_process):
    drawing = Breakable()
    site = new_process(drawing)
    before = ask(site, ADDRESS)
    site.memory.most_seconds = 0

    drawing.is_broken = True

    assert ask(site, ADDRESS).body == before.body
    assert ask(site, "/en/about/").status == 503
    # Django gives back the database's connection only then.
    assert [refusal.is_closed for refusal in drawing.refusals] == [True, True]


def test_a_page_that_stands_in_is_asked_for_again_only_after_a_while(new_process):
    """A site that is broken is not asked by every reader."""
    drawing = Breakable()
    site = new_process(drawing)
    ask(site, ADDRESS)

    def let_pass(seconds):
        [(key, (page, drawn_at))] = site.memory.pages.items()
        site.memory.pages[key] = page, drawn_at - seconds

    let_pass(SECONDS)
    drawing.is_broken = True

    answers = [ask(site, ADDRESS) for _reader in range(3)]

    assert {answer.status for answer in answers} == {200}
    assert len(drawing.refusals) == 1
    let_pass(STAND_IN_SECONDS)
    ask(site, ADDRESS)
    assert len(drawing.refusals) == 2
