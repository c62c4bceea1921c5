"""Pictures, uploaded or named by URL, made into small WebP files of our own."""

import io
from dataclasses import dataclass
from threading import Lock

from PIL import Image, ImageOps

from portal.delivery.errors import AnswerTooLarge, PictureRefused
from portal.delivery.outgoing import request
from portal.delivery.picture_headers import kind_of, webp_size

MAX_BYTES = 5 * 1024 * 1024
MAX_PIXELS = 25_000_000
# Shrinking an edge costs by its length: one of 25 million pixels took 285 MiB and a second, from a file of 49 kB.
MAX_EDGE = 65_535  # as in JPEG
# A progressive JPEG has about ten scans. Each costs a pass over all pixels, and fits in a few bytes.
MAX_SCANS = 100
LONG_EDGE = 1200
QUALITY = 82
ACCEPT = "image/webp, image/png, image/jpeg, image/gif"
_encoding = Lock()  # Several are fetched at once. One that is large fills 200 MiB while it is made small.
UNREADABLE = "The picture is damaged or incomplete. Save it again and retry."


@dataclass(frozen=True)
class Picture:
    """A picture as it is kept and served; `width` and `height` in pixels."""

    body: bytes
    content_type: str
    width: int
    height: int


def fetch(url: str, *, timeout: float = 10.0, allow_private: bool = False) -> Picture:
    """The picture at `url`, fetched within `timeout` seconds and re-encoded.

    Raises PictureRefused, ForbiddenAddress, Unreachable, TimedOut.
    """
    try:
        answer = request(
            "GET",
            url,
            headers={"Accept": ACCEPT},
            timeout=timeout,
            max_bytes=MAX_BYTES,
            allow_private=allow_private,
        )
    except AnswerTooLarge:
        raise PictureRefused("The picture at this address is larger than 5 MB.") from None
    if 300 <= answer.status < 400:
        raise PictureRefused("The address leads on to another one. Give the address of the picture itself.")
    if answer.status != 200:
        raise PictureRefused(f"There is no picture at this address (it answered {answer.status}).")
    with _encoding:
        return reencode(answer.body)


def reencode(data: bytes) -> Picture:
    """A PNG, JPEG, GIF (its first frame) or WebP as WebP: upright, at most 1200 px long, without metadata.

    Raises PictureRefused for other types, more than 5 MiB 25 megapixels or 65,535 pixels of an edge, and damaged files.
    """
    kind = _admitted_kind(data)
    try:
        with Image.open(io.BytesIO(data), formats=[kind]) as image:
            _check_pixels(*image.size)
            return _encode(_shrink(image))
    except PictureRefused:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_many_pixels() from None
    except Exception as error:
        # Decoders answer hostile bytes with every kind of exception: struct.error, SyntaxError, IndexError, zlib.error.
        raise PictureRefused(UNREADABLE) from error


def smaller(picture: bytes, edge: int) -> Picture:
    """A picture that was re-encoded, at most so many pixels long."""
    with Image.open(io.BytesIO(picture), formats=["WEBP"]) as image:
        image.load()
        image.thumbnail((edge, edge))
        return _encode(image)


def _admitted_kind(data: bytes) -> str:
    if len(data) > MAX_BYTES:
        raise PictureRefused("The picture is larger than 5 MB. Choose a smaller one.")
    kind = kind_of(data)
    if kind is None:
        raise PictureRefused("This is not a picture we can keep. Choose a PNG, JPEG, GIF or WebP file.")
    if kind == "WEBP":
        _check_pixels(*webp_size(data))
    if kind == "JPEG" and data.count(b"\xff\xda") > MAX_SCANS:
        raise PictureRefused(UNREADABLE)
    return kind


def _check_pixels(width: int, height: int) -> None:
    if width * height > MAX_PIXELS:
        raise _too_many_pixels()
    if width * height == 0:
        raise PictureRefused(UNREADABLE)
    if max(width, height) > MAX_EDGE:
        raise PictureRefused("The picture is more than 65,535 pixels long. Choose a shorter one.")


def _too_many_pixels() -> PictureRefused:
    return PictureRefused("The picture has more than 25 megapixels. Choose a smaller one.")


def _shrink(image: Image.Image) -> Image.Image:
    image.draft(None, (LONG_EDGE, LONG_EDGE))
    image.load()
    _check_pixels(*image.size)
    painted = _painted(image)
    painted.thumbnail((LONG_EDGE, LONG_EDGE))
    return _upright(painted)


def _upright(image: Image.Image) -> Image.Image:
    try:
        return ImageOps.exif_transpose(image)
    except Exception:
        # Cameras write broken EXIF too: the picture itself is fine.
        return image


def _painted(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I"):
        # 16 bits of grey: converting would clip all but the darkest 256 shades to white.
        image = image.convert("I").point(lambda shade: shade / 256).convert("L")
    mode = "RGBA" if image.has_transparency_data else "RGB"
    return image if image.mode == mode else image.convert(mode)


def _encode(image: Image.Image) -> Picture:
    image.info.clear()
    written = io.BytesIO()
    image.save(written, "WEBP", quality=QUALITY, method=4, exif=b"", xmp=b"", icc_profile=b"")
    return Picture(written.getvalue(), "image/webp", image.width, image.height)
