"""Headers that keep other sites away from every response, and the browser's own devices from pages.

SecurityMiddleware sends the rest: HSTS, nosniff, the referrer policy and the opener policy.
"""

# What a page of this site never needs, so that no script that got in could ask for it. Browsers
# complain of names that they do not know: these have stood for years.
UNUSED_FEATURES = [
    "accelerometer",
    "autoplay",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "hid",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "screen-wake-lock",
    "serial",
    "usb",
    "xr-spatial-tracking",
]
HEADERS = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
}
# Browsers heed it on pages alone. On the four files of a first view it would be 1 kB of its 60.
OF_PAGES = {"Permissions-Policy": ", ".join(f"{feature}=()" for feature in UNUSED_FEATURES)}


class IsolationMiddleware:
    """Add them to whatever is sent: pages, files, redirects and failures alike."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        is_page = response.headers.get("Content-Type", "").startswith("text/html")
        for name, value in (HEADERS | OF_PAGES if is_page else HEADERS).items():
            response.headers.setdefault(name, value)
        return response
