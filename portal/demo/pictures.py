"""The demo's pictures: landscapes drawn from a few colours, and logos, so that nothing has to be fetched."""

import math
import random
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageDraw

from portal.delivery.pictures import reencode
from portal.domain.accounts.tables import Partner
from portal.domain.offers import catalogs
from portal.domain.offers.tables import Catalog
from portal.domain.pictures import album

WIDTH, HEIGHT, LOGO = 960, 540, 256
_LAYERS = 5


@dataclass(frozen=True)
class Scene:
    """Two colours of the sky, two of the hills (far and near), how jagged they are, and a shape in front."""

    sky: tuple[str, str]
    hills: tuple[str, str]
    jagged: float
    shape: str = ""


SCENES = {
    "trail-running": Scene(("#fde7c8", "#f6a66b"), ("#d98a6a", "#3f2440"), 0.5),
    "camping": Scene(("#243b63", "#e99a7d"), ("#5a5683", "#14213d"), 0.25, "tent"),
    "guided-tours": Scene(("#cfe8f7", "#f4f7fb"), ("#a9c4d8", "#1f4f5f"), 1.0),
    "sailing": Scene(("#bfe3f2", "#fdf3dc"), ("#7fb7cf", "#0f4c6b"), 0.08, "sail"),
    "basics": Scene(("#efe6f5", "#fbe9e7"), ("#c9b3d9", "#6a3f7d"), 0.15),
}
LOGOS = {"acme": ("#2f6f5e", "peak"), "northwind": ("#1f4f7a", "wind"), "rival": ("#8a2f3f", "ring")}


def hang(partners: dict[str, Partner], public_url: str) -> None:
    """Give the catalogs their pictures and the partners their logos."""
    for slug, (colour, mark) in LOGOS.items():
        key = _kept(partners[slug].id, _logo(colour, mark), public_url)[0]
        Partner.update(logo=key).where(Partner.id == partners[slug].id).execute()
    for code, scene in SCENES.items():
        catalog = Catalog.get(Catalog.catalog_code == code)
        catalogs.change(catalog, {"preview_image": _kept(catalog.partner_id, _landscape(scene), public_url)[1]})


def _kept(partner_id: int, drawn: Image.Image, public_url: str) -> tuple[str, str]:
    """The key and the address of a drawn picture, which takes the road of an upload."""
    file = BytesIO()
    drawn.save(file, "PNG")
    small = reencode(file.getvalue())
    picture = album.keep_upload(
        partner_id,
        small.body,
        small.content_type,
        small.width,
        small.height,
        lambda key: f"{public_url}/pictures/{key}",
    )
    return picture.key, picture.source_url or ""


def _landscape(scene: Scene) -> Image.Image:
    chance = random.Random(scene.hills[0])  # noqa: S311 - the same each time
    image = Image.new("RGB", (WIDTH, HEIGHT))
    draw = ImageDraw.Draw(image)
    for y in range(HEIGHT):
        draw.line([(0, y), (WIDTH, y)], _between(*scene.sky, y / HEIGHT))
    draw.ellipse([640, 90, 760, 210], _between(scene.sky[0], "#ffffff", 0.6))
    for layer in range(_LAYERS):
        depth = layer / (_LAYERS - 1)
        ridge = _ridge(chance, HEIGHT * (0.42 + 0.12 * layer), scene.jagged * (1.1 - 0.5 * depth))
        draw.polygon([*ridge, (WIDTH, HEIGHT), (0, HEIGHT)], _between(*scene.hills, depth))
        if layer == _LAYERS - 2:
            _shape(draw, scene.shape)
    return image


def _ridge(chance: random.Random, base: float, jagged: float) -> list[tuple[float, float]]:
    waves = [(chance.uniform(1, 9), chance.uniform(0, math.tau), chance.uniform(0.3, 1)) for _ in range(5)]
    points: list[tuple[float, float]] = []
    for x in range(0, WIDTH + 8, 8):
        height = sum(share / many * math.sin(many * x / WIDTH * math.tau + begins) for many, begins, share in waves)
        peaks = abs((x / WIDTH * 6 + waves[0][1]) % 2 - 1) * jagged
        points.append((x, base - 42 * height - 95 * peaks))
    return points


def _shape(draw: ImageDraw.ImageDraw, shape: str) -> None:
    if shape == "tent":
        draw.polygon([(250, 470), (360, 330), (470, 470)], "#f2c46d")
        draw.polygon([(340, 470), (360, 400), (382, 470)], "#5b3a29")
    elif shape == "sail":
        draw.polygon([(300, 420), (300, 190), (420, 420)], "#fffaf0")
        draw.polygon([(288, 420), (288, 240), (220, 420)], "#f3dcb8")
        draw.polygon([(200, 432), (440, 432), (400, 468), (240, 468)], "#7a3b2e")


def _logo(colour: str, mark: str) -> Image.Image:
    image = Image.new("RGB", (LOGO, LOGO), colour)
    draw = ImageDraw.Draw(image)
    if mark == "peak":
        draw.polygon([(40, 190), (112, 70), (150, 130), (172, 96), (220, 190)], "#ffffff")
    elif mark == "wind":
        for number, length in enumerate((150, 190, 120)):
            top = 76 + 40 * number
            draw.rounded_rectangle([36, top, 36 + length, top + 20], 10, "#ffffff")
    else:
        draw.ellipse([56, 56, 200, 200], outline="#ffffff", width=26)
        draw.line([(150, 150), (206, 206)], "#ffffff", 26)
    return image


def _between(first: str, second: str, share: float) -> tuple[int, ...]:
    """The colour so far between two, written #rrggbb."""
    pairs = zip(bytes.fromhex(first[1:]), bytes.fromhex(second[1:]), strict=True)
    return tuple(round(one + (other - one) * share) for one, other in pairs)
