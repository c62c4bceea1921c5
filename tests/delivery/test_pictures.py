"""Whatever is handed in as a picture, what is kept is a small WebP of ours, or nothing."""

import io
import random
import struct
import zlib

import pytest
from PIL import Image

from portal.delivery.errors import ForbiddenAddress, PictureRefused, Unreachable
from portal.delivery.pictures import MAX_BYTES, fetch, reencode

from .servers import answering, page, serving

RED, BLUE = (255, 0, 0), (0, 0, 255)


def picture(kind: str, size=(40, 20), mode="RGB", color=RED, **options) -> bytes:
    written = io.BytesIO()
    Image.new(mode, size, color).save(written, kind, **options)
    return written.getvalue()


def shown(kept) -> Image.Image:
    assert kept.content_type == "image/webp"
    image = Image.open(io.BytesIO(kept.body), formats=["WEBP"])
    assert image.size == (kept.width, kept.height)
    return image


def near(pixel, color) -> bool:
    return all(abs(one - other) < 12 for one, other in zip(pixel, color, strict=True))


def png(width: int, height: int, pixels: bytes = b"") -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(pixels, 9)) + chunk(b"IEND", b"")


def webp(fourcc: bytes, head: bytes) -> bytes:
    return b"RIFF" + struct.pack("<I", len(head) + 12) + b"WEBP" + fourcc + struct.pack("<I", len(head)) + head


def widest(kind: str) -> bytes:
    """A small file of this kind that claims to be 6,000 pixels wide and high, or more."""
    if kind == "GIF":
        return (
            b"GIF89a"
            + struct.pack("<HH", 6000, 6000)
            + b"\x00\x00\x00,"
            + struct.pack("<HHHH", 0, 0, 6000, 6000)
            + b"\x00\x08\x00;"
        )
    if kind == "JPEG":
        small = picture("JPEG")
        frame = small.index(b"\xff\xc0")
        return small[: frame + 5] + struct.pack(">HH", 65500, 65500) + small[frame + 9 :]
    return {
        "PNG": png(6000, 6000, b"\x00" * 1000),
        "VP8X": webp(b"VP8X", b"\x00" * 4 + b"\x6f\x17\x00" * 2),
        "VP8L": webp(b"VP8L", b"\x2f" + struct.pack("<I", 5999 | 5999 << 14) + b"\x00" * 5),
        "VP8": webp(b"VP8 ", b"\x10\x00\x00\x9d\x01\x2a" + struct.pack("<HH", 6000, 6000) + b"\x00" * 5),
    }[kind]


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
def test_a_picture_of_each_kind_is_kept_as_webp(kind):
    kept = reencode(picture(kind))
    assert (kept.width, kept.height) == (40, 20)
    assert near(shown(kept).convert("RGB").getpixel((20, 10)), RED)


@pytest.mark.parametrize(
    ("mode", "color", "expected"),
    [
        ("1", 1, (255, 255, 255)),
        ("L", 128, (128, 128, 128)),
        ("LA", (128, 255), (128, 128, 128)),
        ("RGBA", (0, 0, 255, 255), BLUE),
        ("I;16", 0x8000, (128, 128, 128)),
        ("I;16", 0xFFFF, (255, 255, 255)),
    ],
)
def test_every_way_of_keeping_colors_is_understood(mode, color, expected):
    assert near(shown(reencode(picture("PNG", mode=mode, color=color))).convert("RGB").getpixel((20, 10)), expected)


def test_a_picture_for_print_is_understood():
    kept = reencode(picture("JPEG", mode="CMYK", color=(0, 255, 255, 0)))
    assert near(shown(kept).convert("RGB").getpixel((20, 10)), RED)


def test_transparency_is_kept():
    kept = reencode(picture("PNG", mode="RGBA", color=(255, 0, 0, 0)))
    assert shown(kept).convert("RGBA").getpixel((20, 10))[3] == 0


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_of_an_animation_the_first_frame_is_kept(kind):
    later = Image.new("RGB", (40, 20), BLUE)
    kept = reencode(picture(kind, save_all=True, append_images=[later]))
    assert getattr(shown(kept), "n_frames", 1) == 1
    assert near(shown(kept).convert("RGB").getpixel((20, 10)), RED)


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((1200, 1200), (1200, 1200)),
        ((2400, 1200), (1200, 600)),
        ((1201, 3), (1200, 3)),
        ((1000, 4000), (300, 1200)),
        ((1, 20000), (1, 1200)),
        ((5000, 5000), (1200, 1200)),
    ],
)
@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_the_long_edge_is_1200_pixels_at_most(kind, size, expected):
    kept = reencode(picture(kind, size))
    assert (kept.width, kept.height) == expected


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_taken_sideways_is_kept_upright(kind):
    exif = Image.Exif()
    exif[0x0112] = 6
    image = Image.new("RGB", (3000, 1500), RED)
    image.paste(BLUE, (0, 0, 1500, 1500))
    written = io.BytesIO()
    image.save(written, kind, exif=exif)
    kept = reencode(written.getvalue())
    assert (kept.width, kept.height) == (600, 1200)
    assert near(shown(kept).convert("RGB").getpixel((300, 200)), BLUE)
    assert near(shown(kept).convert("RGB").getpixel((300, 1000)), RED)


def test_a_picture_with_broken_notes_on_how_it_was_taken_is_kept():
    assert reencode(picture("JPEG", exif=b"Exif\x00\x00MM\x00*\xff\xff\xff\xff\x00")).width == 40
    assert reencode(picture("JPEG", exif=b"Exif\x00\x00nonsense")).width == 40


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_where_and_by_whom_it_was_taken_is_dropped(kind):
    exif = Image.Exif()
    exif[0x013B] = "Mia at home"
    kept = reencode(picture(kind, exif=exif, icc_profile=b"PROFILE" * 20, xmp=b"<x>Mia</x>"))
    assert not shown(kept).info.keys() & {"exif", "xmp", "icc_profile"}
    assert not any(trace in kept.body for trace in (b"Mia", b"PROFILE", b"EXIF", b"XMP ", b"ICCP"))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x89PNG",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<?xml version='1.0'?><svg/>",
        b"<html>",
        b"%PDF-1.7",
        b"%!PS-Adobe-3.0 EPSF-3.0",
        b"GIF88a",
        b"RIFF\x00\x00\x00\x00WAVE",
        b"\x00\x00\x00\x20ftypavif",
        b" " + picture("PNG"),
        picture("BMP"),
        picture("TIFF"),
        picture("ICO"),
        picture("PPM"),
    ],
    ids=lambda data: repr(data[:12]),
)
def test_anything_else_is_refused(data):
    with pytest.raises(PictureRefused, match="Choose a PNG, JPEG, GIF or WebP file"):
        reencode(data)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "VP8X", "VP8L", "VP8"])
def test_no_decoder_is_started_for_a_bomb(kind, monkeypatch):
    bomb = widest(kind)
    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", lambda image: pytest.fail("pixels were decoded"))
    monkeypatch.setattr("PIL._webp.WebPAnimDecoder", lambda data: pytest.fail("a canvas was made"))
    with pytest.raises(PictureRefused, match="25 megapixels"):
        reencode(bomb)


def test_a_picture_of_one_pixel_too_many_is_refused():
    with pytest.raises(PictureRefused, match="25 megapixels"):
        reencode(png(25_000_001, 1))


@pytest.mark.parametrize("size", [(1, 65_536), (65_536, 1), (1, 25_000_000)])
def test_a_line_is_no_picture(size, monkeypatch):
    """49 kB of it cost a second and 285 MiB: it is refused by its head, before its pixels are made."""
    monkeypatch.setattr(Image.Image, "load", lambda image: pytest.fail("its pixels were made"))
    with pytest.raises(PictureRefused, match="65,535 pixels"):
        reencode(png(*size))


def test_a_long_picture_is_kept():
    assert shown(reencode(picture("PNG", (2, 65_535)))).size == (1, 1200)


def test_a_file_of_more_than_5_mib_is_refused():
    with pytest.raises(PictureRefused, match="larger than 5 MB"):
        reencode(picture("PNG").ljust(MAX_BYTES + 1, b"\x00"))


def test_a_jpeg_of_a_thousand_scans_is_refused():
    whole = picture("JPEG", progressive=True)
    scan = whole[whole.rindex(b"\xff\xda") : -2]
    with pytest.raises(PictureRefused, match="damaged"):
        reencode(whole[:-2] + scan * 1000 + whole[-2:])


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
@pytest.mark.parametrize("part", [0.1, 0.3, 0.5, 0.8])
def test_half_a_picture_is_refused(kind, part):
    noise = Image.frombytes("RGB", (64, 64), random.Random(1).randbytes(64 * 64 * 3))
    written = io.BytesIO()
    noise.save(written, kind)
    whole = written.getvalue()
    with pytest.raises(PictureRefused, match="damaged or incomplete"):
        reencode(whole[: int(len(whole) * part)])


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
def test_a_picture_with_spoilt_bytes_is_kept_or_refused_and_nothing_else(kind):
    chance = random.Random(kind)
    whole = picture(kind, (64, 64))
    for _ in range(300):
        spoilt = bytearray(whole)
        for _ in range(chance.randint(1, 8)):
            spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
        try:
            assert reencode(bytes(spoilt)).width <= 1200
        except PictureRefused as refused:
            assert str(refused).endswith(".")


def test_a_picture_is_fetched_and_made_ours():
    with serving(answering(page(picture("PNG"), headers="Content-Type: text/html\r\n"))) as served:
        kept = fetch(f"http://127.0.0.1:{served.port}/logo.png", allow_private=True)
    assert (kept.content_type, kept.width) == ("image/webp", 40)
    assert b"Accept: image/webp, image/png, image/jpeg, image/gif\r\n" in served.received[0]


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (page(b"", status="404 Not Found"), "it answered 404"),
        (page(b"", status="302 Found", headers="Location: /x\r\n"), "leads on to another"),
        (page(b"<html>hello</html>"), "not a picture"),
        (b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * (MAX_BYTES + 1), "larger than 5 MB"),
    ],
)
def test_an_address_without_a_picture_says_what_was_found(answer, sentence):
    with serving(answering(answer)) as served, pytest.raises(PictureRefused, match=sentence):
        fetch(f"http://127.0.0.1:{served.port}/", allow_private=True)


def test_a_picture_is_not_fetched_from_inside():
    with serving(answering(page(picture("PNG")))) as served, pytest.raises(ForbiddenAddress):
        fetch(f"http://127.0.0.1:{served.port}/")
    assert served.received == []


def test_a_picture_on_a_server_that_is_down_may_be_tried_again():
    with serving(answering()) as served:
        pass
    with pytest.raises(Unreachable):
        fetch(f"http://127.0.0.1:{served.port}/", allow_private=True)
