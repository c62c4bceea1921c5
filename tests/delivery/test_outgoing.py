"""One request, to the one address that was checked, and no more of its answer than was agreed."""

import gzip
import socket

import pytest

from portal.delivery import wire
from portal.delivery.errors import AnswerTooLarge, ForbiddenAddress, NeverSent, TimedOut, Unreachable
from portal.delivery.outgoing import request

from .certificates import certificate
from .servers import answering, page, serving

CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
ENDLESS = [b"x" * 65536] * 200

TOO_LARGE = {
    "said so": [b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n"],
    "said nothing": [b"HTTP/1.1 200 OK\r\n\r\n", *ENDLESS],
    "in chunks": [CHUNKED, *[b"400\r\n" + b"x" * 1024 + b"\r\n"] * 20],
    "in one huge chunk": [CHUNKED, b"7fffffffffffffff\r\n", *ENDLESS],
    "in a chunk without measure": [CHUNKED, b"f" * 400 + b"\r\n", *ENDLESS],
    "in a chunk of -1 bytes": [CHUNKED, b"-1\r\n", *ENDLESS],
}

BROKEN = {
    "nothing": [b""],
    "no HTTP": [b"220 mail.example ESMTP\r\n"],
    "a status that is no number": [b"HTTP/1.1 abc OK\r\n\r\n"],
    "half a body": [b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nfive."],
    "half a chunk": [CHUNKED, b"a\r\nfive."],
    "a chunk of no size": [CHUNKED, b"zz\r\nfive."],
    "a chunk far below zero": [CHUNKED, b"-" + b"f" * 40 + b"\r\nfive."],
    "a line without end": [b"HTTP/1.1 200 OK\r\nX: " + b"x" * 70000 + b"\r\n\r\n"],
    "a thousand headers": [b"HTTP/1.1 200 OK\r\n" + b"X: x\r\n" * 1000 + b"\r\n"],
}


def ask(served, path="/", **options):
    return request("GET", f"http://127.0.0.1:{served.port}{path}", allow_private=True, **options)


def test_a_request_arrives_as_it_was_given():
    with serving(answering(page(b"thanks", headers="X-Seen: yes\r\nX-Seen: twice\r\n"))) as served:
        url = f"http://127.0.0.1:{served.port}/hook?a=1#part"
        answer = request("POST", url, headers={"X-Signature": "abc"}, body=b"{}", allow_private=True)
    assert (answer.status, answer.body, answer.headers["x-seen"]) == (200, b"thanks", "yes, twice")
    head, body = served.received[0].split(b"\r\n\r\n")
    assert head.split(b"\r\n")[0] == b"POST /hook?a=1 HTTP/1.1"
    assert set(head.split(b"\r\n")[1:]) == {
        f"Host: 127.0.0.1:{served.port}".encode(),
        b"X-Signature: abc",
        b"Accept-Encoding: identity",
        b"Connection: close",
        b"User-Agent: Partner-Portal",
        b"Content-Length: 2",
    }
    assert body == b"{}"


def test_loopback_is_closed_unless_it_was_opened():
    with serving(answering(page(b"secret"))) as served:
        with pytest.raises(ForbiddenAddress):
            request("GET", f"http://127.0.0.1:{served.port}/")
        with pytest.raises(ForbiddenAddress):
            request("GET", f"http://localhost:{served.port}/")
    assert served.received == []


def test_a_name_that_changes_its_address_is_connected_to_at_the_first(monkeypatch):
    asked = []

    def rebinding(host, port, *_, **__):
        asked.append(host)
        return [(socket.AF_INET, 1, 6, "", ("127.0.0.1" if len(asked) == 1 else "127.0.0.2", port))]

    with (
        serving(answering(page(b"checked"))) as served,
        serving(answering(page(b"rebound")), host="127.0.0.2", port=served.port) as other,
    ):
        monkeypatch.setattr(socket, "getaddrinfo", rebinding)
        answer = request("GET", f"http://shop.example:{served.port}/", allow_private=True)
    assert (answer.body, asked, other.received) == (b"checked", ["shop.example"], [])
    assert f"Host: shop.example:{served.port}".encode() in served.received[0]


def test_a_public_name_that_turns_inwards_is_still_dialled_at_its_public_address(monkeypatch):
    dialled = []

    def rebinding(host, port, *_, **__):
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [(socket.AF_INET, 1, 6, "", ("127.0.0.1", port))])
        return [(socket.AF_INET, 1, 6, "", ("8.8.8.8", port))]

    def dial(address, deadline):
        dialled.append((address.ip, address.port))
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    monkeypatch.setattr(wire, "dial", dial)
    with pytest.raises(Unreachable):
        request("GET", "http://rebinding.example/")
    assert dialled == [("8.8.8.8", 80)]


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"])
def test_a_redirect_is_an_answer(status):
    with serving(answering(page(b"", status=status, headers="Location: http://169.254.169.254/\r\n"))) as served:
        answer = ask(served)
    assert answer.status == int(status[:3])
    assert len(served.received) == 1


def test_no_proxy_of_the_environment_is_used(monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    with serving(answering(page(b"direct"))) as served:
        assert ask(served).body == b"direct"


def test_a_compressed_answer_stays_compressed():
    packed = gzip.compress(b"0" * 1_000_000)
    with serving(answering(page(packed, headers="Content-Encoding: gzip\r\n"))) as served:
        assert ask(served, max_bytes=2000).body == packed


def test_an_answer_in_chunks_is_put_together():
    with serving(answering(CHUNKED, b"5\r\nhello\r\n", b"6;x=y\r\n world\r\n", b"0\r\nTrailer: x\r\n\r\n")) as served:
        assert ask(served).body == b"hello world"


def test_an_answer_of_exactly_the_most_bytes_is_read():
    with serving(answering(page(b"12345"))) as served:
        assert ask(served, max_bytes=5).body == b"12345"
    with serving(answering(CHUNKED, b"5\r\n12345\r\n0\r\n\r\n")) as served:
        assert ask(served, max_bytes=5).body == b"12345"


@pytest.mark.parametrize("pieces", TOO_LARGE.values(), ids=TOO_LARGE)
def test_no_more_is_read_than_was_agreed(pieces):
    with serving(answering(*pieces)) as served, pytest.raises(AnswerTooLarge) as refused:
        ask(served, max_bytes=10_000)
    assert refused.value.status == 200
    assert str(refused.value) == "The answer is larger than 10,000 bytes."


@pytest.mark.parametrize("pieces", BROKEN.values(), ids=BROKEN)
def test_a_broken_answer_is_no_answer(pieces):
    with serving(answering(*pieces)) as served, pytest.raises(Unreachable, match="127.0.0.1"):
        ask(served)


@pytest.mark.parametrize(
    "pieces",
    [
        [b"HTTP/1.1 200 OK\r\n", *[b"X: x\r\n"] * 60, b"Content-Length: 0\r\n\r\n"],
        [b"HTTP/1.1 200 OK\r\nContent-Length: 60\r\n\r\n", *[b"."] * 60],
        [CHUNKED, *[b"1\r\n.\r\n"] * 60, b"0\r\n\r\n"],
        [*[b"HTTP/1.1 100 Continue\r\n\r\n"] * 60, b"HTTP/1.1 204 None\r\n\r\n"],
    ],
    ids=["head", "body", "chunks", "continues"],
)
def test_an_answer_that_drips_ends_at_the_deadline(pieces):
    with serving(answering(*pieces, pause=0.02)) as served, pytest.raises(TimedOut):
        ask(served, timeout=0.3)


def test_a_silent_server_is_left_after_the_read_timeout():
    silent = answering(b"HTTP/1.1 200 OK\r\n", b"Content-Length: 0\r\n\r\n", pause=1.0)
    with serving(silent) as served, pytest.raises(TimedOut, match="did not answer in time"):
        ask(served, timeout=60, read_timeout=0.05)


def test_a_closed_port_is_unreachable():
    with serving(answering()) as served:
        pass
    with pytest.raises(Unreachable, match="could not be reached on port"):
        ask(served)


@pytest.mark.parametrize(
    "headers",
    [
        {"X": "a\r\nY: b"},
        {"X\r\nY": "b"},
        {"X": "a\nb"},
        {"": "x"},
        {"Host": "x"},
        {"transfer-encoding": "chunked"},
        {"X": "☃"},
    ],
    ids=repr,
)
def test_a_header_cannot_smuggle_another(headers):
    with serving(answering(page(b""))) as served, pytest.raises(ValueError):
        ask(served, headers=headers)
    assert served.received == []


@pytest.fixture
def trusted(tmp_path, monkeypatch):
    """TLS for shop.example on loopback; what it trusts is forgotten afterwards."""
    context, chain = certificate(tmp_path, "shop.example")
    monkeypatch.setenv("SSL_CERT_FILE", str(chain))
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda host, port, *_, **__: [(socket.AF_INET, 1, 6, "", ("127.0.0.1", port))]
    )
    wire.tls_context.cache_clear()
    yield context
    wire.tls_context.cache_clear()


def test_https_names_the_host_and_checks_its_certificate(trusted):
    named = []
    trusted.sni_callback = lambda line, name, context: named.append(name)
    with serving(answering(page(b"safe")), tls=trusted) as served:
        answer = request("GET", f"https://shop.example:{served.port}/", allow_private=True)
    assert (answer.body, named) == (b"safe", ["shop.example"])


def test_a_certificate_of_another_name_is_refused(trusted):
    with serving(answering(page(b"")), tls=trusted) as served, pytest.raises(Unreachable, match="no valid certificate"):
        request("GET", f"https://other.example:{served.port}/", allow_private=True)
    assert served.received == []


def test_a_certificate_that_nobody_vouches_for_is_refused(trusted, monkeypatch):
    monkeypatch.delenv("SSL_CERT_FILE")
    with serving(answering(page(b"")), tls=trusted) as served, pytest.raises(Unreachable, match="no valid certificate"):
        request("GET", f"https://shop.example:{served.port}/", allow_private=True)


def test_https_to_a_server_without_it_is_unreachable(trusted):
    def speak_plainly(line, served):
        line.recv(65536)
        line.sendall(page(b"", status="400 Bad Request"))

    with serving(speak_plainly) as served, pytest.raises(Unreachable, match="secure connection"):
        request("GET", f"https://shop.example:{served.port}/", allow_private=True)


def test_the_deadline_holds_under_tls_too(trusted):
    dripping = answering(b"HTTP/1.1 200 OK\r\nContent-Length: 60\r\n\r\n", *[b"."] * 60, pause=0.02)
    with serving(dripping, tls=trusted) as served, pytest.raises(TimedOut):
        request("GET", f"https://shop.example:{served.port}/", allow_private=True, timeout=0.3)


def test_the_deadline_holds_while_the_handshake_hangs(trusted):
    with serving(answering(b"", b"", pause=2)) as served, pytest.raises(NeverSent, match="reached in time"):
        request("GET", f"https://shop.example:{served.port}/", allow_private=True, timeout=0.2)
