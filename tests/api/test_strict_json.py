"""Hostile bodies: each a 400 in the family's shape, or a 413, and nothing written; never a 500."""

import json
import socket
from urllib.parse import urlsplit

import pytest

from portal.api.strict_json import MOST_BYTES
from portal.database import database
from portal.domain.events.tables import Event
from portal.domain.offers.tables import Catalog

GOOD = b'{"title": "T", "catalog_code": "c"}'


def nested(depth: int) -> bytes:
    """The good body with lists within lists, so that it is so many levels deep."""
    return b'{"title": "T", "catalog_code": "c", "x": ' + b"[" * (depth - 1) + b"]" * (depth - 1) + b"}"


def with_title(raw: bytes) -> bytes:
    return b'{"catalog_code": "c", "title": ' + raw + b"}"


def with_percent(raw: bytes) -> bytes:
    return b'{"title": "T", "catalog_code": "c", "min_promo_code_percent": ' + raw + b"}"


HOSTILE = {
    "nothing": b"",
    "white space": b" \n ",
    "a list": b"[]",
    "a string": b'"x"',
    "a number": b"5",
    "null": b"null",
    "true": b"true",
    "no JSON": b"title=T&catalog_code=c",
    "half a document": GOOD[:-1],
    "two documents": GOOD + GOOD,
    "a comment": b"/* x */" + GOOD,
    "single quotes": b"{'title': 'T'}",
    "a trailing comma": GOOD[:-1] + b",}",
    "NaN": with_percent(b"NaN"),
    "Infinity": with_percent(b"Infinity"),
    "-Infinity": with_percent(b"-Infinity"),
    "NaN in an unknown field": b'{"title": "T", "catalog_code": "c", "x": NaN}',
    "1e999": with_percent(b"1e999"),
    "1e-99999999999": with_percent(b"1e-99999999999"),
    "1e-999999": with_percent(b"1e-999999"),
    "an exponent beyond all": with_percent(b"1e99999999999999999999"),
    "many digits": with_percent(b"9" * 5000),
    "2**70": with_percent(str(2**70).encode()),
    "2**70 in an unknown field": b'{"title": "T", "catalog_code": "c", "x": ' + str(2**70).encode() + b"}",
    "-2**63-1": b'{"title": "T", "catalog_code": "c", "x": ' + str(-(2**63) - 1).encode() + b"}",
    "a key twice": b'{"title": "T", "title": "T", "catalog_code": "c"}',
    "a key twice inside": b'{"title": "T", "catalog_code": "c", "x": [{"a": 1, "a": 1}]}',
    "33 levels": nested(33),
    "100,000 brackets": b"[" * 100_000,
    "100,000 objects": b'{"a":' * 100_000,
    "NUL": with_title(b'"a\\u0000b"'),
    "a raw control character": with_title(b'"a\x00b"'),
    "NUL in a key": b'{"title": "T", "catalog_code": "c", "a\\u0000": 1}',
    "a lone surrogate": with_title(b'"a\\ud800b"'),
    "a lone low surrogate": with_title(b'"\\udc00"'),
    "a lone surrogate in an unknown key": b'{"title": "T", "catalog_code": "c", "\\ud800": 1}',
    "invalid UTF-8": with_title(b'"\xff\xfe"'),
    "an encoded surrogate": with_title(b'"\xed\xa0\x80"'),
    "UTF-16": GOOD.decode().encode("utf-16"),
    "gzip": b"\x1f\x8b\x08\x00",
    "a wrong type": with_title(b"5"),
    "an object for text": with_title(b"{}"),
    "half a day": b'{"title": "T", "catalog_code": "c", "cookies_storage_days": 30.5}',
    "more days than can be reckoned with": b'{"title": "T", "catalog_code": "c", "cookies_storage_days": 1e999999999}',
}


def test_hostile_bodies_are_refused_in_the_familys_shape_and_write_nothing(api):
    before = Event.select().count()
    for name, body in HOSTILE.items():
        reply = api.post("/catalog/", body)
        assert reply.status == 400, (name, reply.status, reply.body)
        assert reply.headers["Content-Type"] == "application/problem+json"
        assert {"type", "title", "status", "detail"} <= reply.body.keys()
        assert reply.body["detail"], name
    assert (Catalog.select().count(), Event.select().count()) == (0, before)


def test_what_cannot_be_read_says_whether_it_is_the_syntax_the_depth_or_a_number(api):
    codes = {
        "half a document": "json_invalid",
        "33 levels": "json_too_deep",
        "100,000 brackets": "json_too_deep",
        "100,000 objects": "json_too_deep",
        "2**70": "json_number_invalid",
        "many digits": "json_number_invalid",
        "an exponent beyond all": "json_number_invalid",
    }
    assert {name: api.post("/catalog/", HOSTILE[name]).body["error_code"] for name in codes} == codes


@pytest.mark.parametrize(
    "body",
    [
        b"\xef\xbb\xbf" + GOOD,
        b"\n\t " + GOOD + b" \r\n",
        with_percent(b"0e999999999"),
        b'{"title": "T", "catalog_code": "c", "cookies_storage_days": 30.0}',
        nested(32),
        with_title(b'"\\ud83d\\ude00 \xf0\x9f\x98\x80"'),
        b'{"title": "T", "catalog_code": "c", "x": 9223372036854775807, "y": -9223372036854775808}',
    ],
    ids=[
        "a byte order mark",
        "white space",
        "zero at length",
        "30.0 days",
        "32 levels",
        "a whole surrogate pair",
        "64 bits",
    ],
)
def test_what_is_unusual_but_right_is_taken(api, body):
    assert api.post("/catalog/", body).status == 200


def test_a_body_of_one_mebibyte_is_read_and_one_byte_more_is_a_413(api):
    filled = GOOD + b" " * (MOST_BYTES - len(GOOD))
    reply = api.post("/catalog/", filled + b" ")
    assert (reply.status, reply.body["title"]) == (413, "Body too large")
    assert Catalog.select().count() == 0
    assert api.post("/catalog/", filled).status == 200


def test_a_chunked_body_is_read_and_measured(server):
    import requests

    headers, url = {"Authorization": server.world.rival.token}, f"{server.url}/api/catalog/"
    body = {"title": "Chunked", "catalog_code": f"chunked-{server.settings.port}"}
    parts = [json.dumps(body)[:9].encode(), json.dumps(body)[9:].encode()]
    assert requests.post(url, data=iter(parts), headers=headers, timeout=60).status_code == 200
    assert requests.post(url, data=iter([b" " * 65_536] * 17), headers=headers, timeout=60).status_code == 413
    assert requests.post(url, data=b"x" * (MOST_BYTES + 1), headers=headers, timeout=60).status_code == 413


def test_a_connection_outlives_a_body_that_is_too_large(server):
    import requests

    with requests.Session() as connection:
        connection.headers["Authorization"] = server.world.rival.token
        for _ in range(3):
            assert connection.post(f"{server.url}/api/deal/", data=b"x" * (2 * MOST_BYTES)).status_code == 413
            assert connection.get(f"{server.url}/api/deal/?deal_id=none").status_code == 200


@pytest.mark.parametrize(("path", "said"), [("/api/deal/", b'"detail":"The body could not'), ("/sign-in", b"<html")])
def test_a_body_in_broken_chunks_is_a_400_of_the_api_and_of_pages(server, path, said):
    address = urlsplit(server.url)
    head = f"POST {path} HTTP/1.1\r\nHost: {address.netloc}\r\nAuthorization: {server.world.rival.token}\r\n"
    head += "Content-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n"
    with socket.create_connection((address.hostname, address.port), 10) as connection:
        connection.sendall(f"{head}no length\r\n{{}}\r\n".encode())
        with connection.makefile("rb") as answer:
            whole = answer.read()
    assert whole.startswith(b"HTTP/1.1 400 ") and said in whole


def test_hostile_paths_and_queries_are_no_failure(api, shop):
    for path in (
        "/deal/%00/",
        "/catalog/%00/",
        "/deal/?deal_id=%00",
        "/promo/check_promo/?code=a%00b",
        "/deal/?cursor=%00",
    ):
        assert api.get(path).status == 400, path
    for path in (
        "/deal/%FF%FE/",
        "/deal/%ED%A0%80/",
        "/catalog/%C3%9F/",
        "/landing/%F0%9F%98%80/",
        f"/deal/{'x' * 3000}/",
        "/offer/'--/",
    ):
        assert api.get(path).status == 404, path
    for path in ("/deal/?deal_id=%FF", "/deal/?%00=1", "/deal/?catalog_code=%ED%A0%80", f"/deal/?deal_id={'x' * 5000}"):
        assert api.get(path).status == 200, path


def test_text_is_stored_as_it_came_and_answered_alike(api):
    hostile = "<script>alert(1)</script> '; DROP TABLE deal; -- ${7*7} {{7*7}} \u0301 \U0001f600 =cmd|' /C calc'!A0"
    text = f"{hostile}\u202e\n\ttab"  # A text may turn its direction, a name may not.
    made = api.made("/catalog/", {"title": hostile, "catalog_code": "'\"<>&", "description": text})
    assert (made["title"], made["catalog_code"], made["description"]) == (hostile, "'\"<>&", text)
    assert database.execute_sql("SELECT COUNT(*) FROM deal").fetchone()[0] == 0
