"""The picture that a shared link shows."""

from io import BytesIO
from textwrap import wrap

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont

SIZE = (1200, 630)
DEEP, ON_DEEP, SHAPE, MANGO = "#0d4449", "#fff8ea", "#1d6266", "#f4b740"
FONT = settings.BASE_DIR / "static/fonts/atkinson-hyperlegible-next-latin-wght-normal.woff2"
BOLD = 700


def bold(size):
    font = ImageFont.truetype(str(FONT), size)
    font.set_variation_by_axes([BOLD])
    return font


def draw_social_image(title):
    """Return a PNG of 1200 x 630 pixels with the title beside a disc above a cup."""
    image = Image.new("RGB", SIZE, DEEP)
    draw = ImageDraw.Draw(image)
    draw.pieslice((750, -90, 1350, 510), 0, 180, fill=SHAPE)
    draw.pieslice((860, 20, 1240, 400), 0, 180, fill=DEEP)
    draw.ellipse((910, 40, 1190, 320), fill=MANGO)
    size, columns = (76, 17) if len(title) <= 50 else (60, 22)
    lines = wrap(title, columns)[:6]
    draw.multiline_text(
        (72, 315), "\n".join(lines), fill=ON_DEEP, font=bold(size), anchor="lm", spacing=14
    )
    file = BytesIO()
    image.save(file, "PNG", optimize=True)
    return file.getvalue()
