"""Pictures: re-encoded when they come in, served under addresses that never change."""

import io
import re

import pytest
from PIL import Image

from portal.domain.offers.tables import Catalog
from portal.domain.pictures import album
from portal.domain.pictures.tables import Picture
from tests.support import feeding


def png(width=40, height=30, colour="#a02060") -> io.BytesIO:
    written = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(written, "PNG")
    written.seek(0)
    return written


def upload(visitor, file=None, name="a.png", htmx=False, **values):
    return visitor.post(
        "/pictures", {"picture": (file or png(), name), **values}, htmx=htmx, content_type="multipart/form-data"
    )


def test_an_upload_is_served_small_and_for_ever(world):
    assert upload(world.as_("acme", "manager")).location == "/pictures"
    picture = Picture.get()
    answer = world.anonymous().get(f"/pictures/{picture.key}")
    assert (answer.status_code, answer.content_type) == (200, "image/webp")
    assert answer.data == bytes(picture.body)
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    unchanged = world.anonymous().get(f"/pictures/{picture.key}", headers={"If-None-Match": answer.headers["ETag"]})
    assert (unchanged.status_code, unchanged.data) == (304, b"")


def test_what_is_not_here_yet_or_never_was_is_missing(world):
    album.want_all(world.acme.id, ["https://pictures.example/a.png"])
    visitor = world.anonymous()
    for key in (Picture.get().key, "none", "a%00b"[:1]):
        answer = visitor.get(f"/pictures/{key}")
        assert answer.status_code == 404
        assert "immutable" not in answer.headers.get("Cache-Control", "")
        stale = visitor.get(f"/pictures/{key}", headers={"If-None-Match": f'"{key}"'})
        assert stale.status_code == 404
    assert visitor.get("/pictures/a%00b").status_code == 400


def test_a_forms_field_gets_its_fragment_back_with_the_address(world):
    answer = upload(world.as_("acme"), htmx=True, field="icon", label="Icon <b>", hint="Square.")
    address = f"http://127.0.0.1:8000/pictures/{Picture.get().key}"
    assert answer.status_code == 200
    assert 'id="picture-icon"' in answer.text
    assert f'name="icon" value="{address}"' in answer.text
    assert "Icon &lt;b&gt;" in answer.text
    assert "<html" not in answer.text


def test_a_field_shows_the_picture_that_it_names_uploaded_or_fetched(world):
    owner, catalog = world.as_("acme"), feeding.catalog(world.acme)
    address = re.search('name="icon" value="([^"]+)"', upload(owner, htmx=True, field="icon").text)[1]
    key = Picture.get().key
    assert f'<img src="/pictures/{key}"' in upload(owner, htmx=True, field="icon").text
    album.want_all(world.acme.id, ["https://shop.example/icon.png"])
    Catalog.update(icon="https://shop.example/icon.png", company_logo=address).execute()
    place = f"/catalogs/{catalog.short_code}/edit"
    not_here_yet = owner.get(place).text
    assert not_here_yet.count('class="picture-none"') == 2 and not_here_yet.count(f'src="/pictures/{key}"') == 1
    album.fetched(album.take_due(), b"body", "image/png", 1, 1)
    fetched = Picture.get(Picture.source_url == "https://shop.example/icon.png")
    assert f'src="/pictures/{fetched.key}"' in owner.get(place).text


def test_naming_an_uploaded_pictures_address_fetches_nothing(world):
    upload(world.as_("acme"))
    picture = Picture.get()
    address = f"http://127.0.0.1:8000/pictures/{picture.key}"
    album.want_all(world.acme.id, [address])
    assert Picture.select().count() == 1
    assert album.keys_of(world.acme.id, [address]) == {address: picture.key}


@pytest.mark.on_both_engines
def test_the_same_picture_twice_is_one_and_anothers_is_its_own(world):
    upload(world.as_("acme"))
    upload(world.as_("acme"))
    upload(world.as_("rival"))
    assert sorted(row.partner_id for row in Picture.select()) == sorted([world.acme.id, world.rival.id])


@pytest.mark.parametrize("body", [b"<svg onload=alert(1)>", b"\x89PNG\r\n\x1a\n broken", b"x" * (5 * 1024 * 1024 + 1)])
def test_what_is_no_picture_is_refused_beside_the_field(world, body):
    owner = world.as_("acme")
    refused = upload(owner, io.BytesIO(body))
    assert refused.status_code == 422
    assert 'id="picture-error"' in refused.text
    fragment = upload(owner, io.BytesIO(body), htmx=True, field="icon", label="Icon", icon="https://typed.example/")
    assert fragment.status_code == 422
    assert 'id="icon-error"' in fragment.text
    assert 'value="https://typed.example/"' in fragment.text
    assert Picture.select().count() == 0


def test_an_upload_without_a_file_says_so(world):
    assert "Choose a file first." in world.as_("acme").post("/pictures").text


@pytest.mark.parametrize("field", ["field", "label", "hint"])
def test_a_nul_in_a_field_is_refused(world, field):
    assert upload(world.as_("acme"), **{field: "a\0"}).status_code == 400


def test_an_odd_name_of_a_field_is_refused(world):
    assert upload(world.as_("acme"), htmx=True, field="x' hx-get='/").status_code == 422


@pytest.mark.parametrize("role", ["cashier", "viewer"])
def test_only_those_who_edit_upload(world, role):
    visitor = world.as_("acme", role)
    assert visitor.get("/pictures").status_code == upload(visitor).status_code == 403
    assert Picture.select().count() == 0


def test_an_upload_needs_the_forms_token(world):
    assert world.as_("acme").post_without_token("/pictures", {"picture": (png(), "a.png")}).status_code == 400


def test_one_sees_ones_own_pictures(world):
    upload(world.as_("rival"))
    key = Picture.get().key
    assert key in world.as_("rival").get("/pictures").text
    assert "No pictures yet" in world.as_("acme").get("/pictures").text


def test_one_person_uploads_twenty_pictures_a_minute_and_keeps_nobody_else_waiting(world):
    owner, file = world.as_("acme"), png().getvalue()
    answers = [upload(owner, io.BytesIO(file)).status_code for _ in range(21)]
    assert answers == [303] * 20 + [422]
    refused = upload(owner, io.BytesIO(file), htmx=True, field="icon", label="Icon", hint="")
    assert "Send the next one in" in refused.text
    assert upload(world.as_("acme", "manager"), io.BytesIO(file)).status_code == 303
