"""The score of Mozilla's HTTP Observatory, by its published rules.

The source is github.com/mdn/mdn-http-observatory: the points stand in src/grader/charts.js, the
tests in src/analyzer/tests/. Here is what one response can tell. Rules left out need the network:
a redirect from HTTP counts 0 if it leads to HTTPS, a place on browsers' HSTS lists 5 more.
"""

import re

BASE, FLOOR_FOR_BONUS = 100, 90
BROAD = {"*", "http:", "https:", "ftp:", "http://*", "https://*", "http://*.*", "https://*.*"}
INLINE = {"'unsafe-inline'", "data:"}
HASHES = ("'sha256-", "'sha384-", "'sha512-", "'nonce-")
PRIVATE_REFERRERS = {
    "no-referrer",
    "same-origin",
    "strict-origin",
    "strict-origin-when-cross-origin",
}
SIX_MONTHS = 15_768_000


def policy_of(response):
    parts = [
        part.split() for part in response.headers.get("Content-Security-Policy", "").split(";")
    ]
    return {name: set(sources) for name, *sources in filter(None, parts)}


def sources(policy, name):
    """What a directive allows. Beside a hash, 'unsafe-inline' means nothing."""
    found = policy.get(name, policy.get("default-src", {"*"}))
    has_hash = any(source.startswith(HASHES) for source in found)
    return found - {"'unsafe-inline'"} if has_hash else found


def content_security_policy(response):
    policy = policy_of(response)
    scripts, styles = sources(policy, "script-src"), sources(policy, "style-src")
    everything = set().union(*policy.values())
    if not policy:
        return -25
    if scripts & (BROAD | INLINE) or sources(policy, "object-src") & BROAD:
        return -20
    if any(source.startswith(("http:", "ftp:")) for source in everything):
        return -20
    if "'unsafe-eval'" in scripts | styles:
        return -10
    if styles & (BROAD | INLINE):
        return 0
    return 10 if policy.get("default-src") == {"'none'"} else 5


def cookies(response):
    found = response.cookies.values()
    if not found:
        return 0
    if not all(cookie["secure"] for cookie in found):
        return -20
    if not all(cookie["httponly"] for cookie in found):
        return -30
    return 5 if all(cookie["samesite"] in ("Lax", "Strict") for cookie in found) else 0


def cross_origin_sharing(response):
    return -50 if response.headers.get("Access-Control-Allow-Origin") == "*" else 0


def referrer(response):
    policy = response.headers.get("Referrer-Policy")
    return 0 if policy is None else 5 if policy in PRIVATE_REFERRERS else -5


def transport(response):
    age = re.search(r"max-age=(\d+)", response.headers.get("Strict-Transport-Security", ""))
    return -20 if age is None else 0 if int(age[1]) >= SIX_MONTHS else -10


def scripts(response):
    """Scripts of this site need no integrity attribute; from elsewhere they cost points."""
    elsewhere = re.search(r'<script[^>]+src="(https?:)?//', response.text)
    return -50 if elsewhere else 0


def content_type(response):
    return 0 if response.headers.get("X-Content-Type-Options") == "nosniff" else -5


def framing(response):
    policy = policy_of(response)
    if "frame-ancestors" in policy and not policy["frame-ancestors"] & BROAD:
        return 5
    return 0 if response.headers.get("X-Frame-Options") in ("DENY", "SAMEORIGIN") else -20


def resource_policy(response):
    policy = response.headers.get("Cross-Origin-Resource-Policy")
    return 10 if policy in ("same-origin", "same-site") else 0


RULES = [
    content_security_policy,
    cookies,
    cross_origin_sharing,
    referrer,
    transport,
    scripts,
    content_type,
    framing,
    resource_policy,
]


def points(response):
    """The points of each rule, by its name."""
    return {rule.__name__: rule(response) for rule in RULES}


def score(response):
    """Penalties first; bonuses count for whoever still has 90 points."""
    found = points(response).values()
    after_penalties = BASE + sum(point for point in found if point < 0)
    bonus = sum(point for point in found if point > 0)
    return after_penalties + bonus if after_penalties >= FLOOR_FOR_BONUS else after_penalties
