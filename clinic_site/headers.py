"""Headers that keep other sites, and the browser's own devices, away from every response.

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
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in UNUSED_FEATURES),
}


class IsolationMiddleware:
    """Add the headers to whatever is sent: pages, files, redirects and failures alike."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response
