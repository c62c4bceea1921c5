"""What Apple's push service is told, and what each of its answers is taken for: a stand-in on loopback that speaks HTTP/2."""

import tempfile
from threading import Event

import pytest

from portal.delivery.apple_push import Certificate, announce
from portal.delivery.errors import ForbiddenAddress, TimedOut, Unreachable
from portal.delivery.told import Told
from portal.delivery.wire import Deadline
from tests.delivery.servers import serving
from tests.support import wallets
from tests.support.apple_service import apple_service


@pytest.fixture
def service(tmp_path, monkeypatch):
    with apple_service(tmp_path, monkeypatch) as service:
        yield service


def certificate(of: str = "pass") -> Certificate:
    files = wallets.apple(of)
    return Certificate(files.certificate.decode(), files.intermediate.decode(), files.key.decode())


def tell(service, *phones: str, by: Certificate | None = None, timeout: float = 20) -> list[Told]:
    return announce(service.at, by or certificate(), wallets.PASS_TYPE, phones, timeout, allow_private=True)


def test_many_phones_are_told_on_one_connection_by_the_certificate_of_the_passes(service):
    assert tell(service, *(f"good-{number}" for number in range(50))) == [Told(200, "", None)] * 50
    assert service.connections == 1 and service.told == [f"good-{number}" for number in range(50)]
    assert {got.by for got in service.got} == {wallets.PASS_TYPE} and {got.body for got in service.got} == {b"{}"}
    one = service.got[0]
    assert one.path == "/3/device/good-0" and one.headers["apns-topic"] == wallets.PASS_TYPE
    assert one.headers[":method"] == "POST" and service.most_open <= 20


def test_no_more_is_asked_at_once_than_the_service_takes(tmp_path, monkeypatch):
    with apple_service(tmp_path, monkeypatch, most=3) as service:
        assert {one.status for one in tell(service, *["good"] * 10)} == {200}
    assert service.most_open <= 3


def test_each_phone_has_its_own_answer(service):
    told = tell(service, "gone", "good", "bad", "busy", "broken", "reset")
    assert [one.status for one in told] == [410, 200, 400, 429, 500, None]
    assert [one.said for one in told[:5]] == [
        "Unregistered", "", "BadDeviceToken", "TooManyRequests", "InternalServerError",
    ]  # fmt: skip
    assert told[3].retry_after == 90


def test_a_token_cannot_name_another_address(service):
    tell(service, "bad-/../4?x=1 \r\nhost: é")
    assert service.got[0].path == "/3/device/bad-%2F..%2F4%3Fx%3D1%20%0D%0Ahost%3A%20%C3%A9"


def test_whoever_is_not_answered_for_when_the_service_goes_away_has_no_status(tmp_path, monkeypatch):
    with apple_service(tmp_path, monkeypatch, most=1) as service:
        told = tell(service, "good", "goaway", "good-later")
    assert [one.status for one in told] == [200, None, None]
    assert told[1].said == told[2].said == "localhost broke off: Shutdown."


def test_a_silent_service_costs_its_time_and_keeps_the_answers_before(tmp_path, monkeypatch):
    with apple_service(tmp_path, monkeypatch, most=1) as service:
        left = Deadline.left
        monkeypatch.setattr(Deadline, "left", lambda its: 0.05 if "nothing" in service.told else left(its))
        told = tell(service, "good", "nothing")
    assert [one.status for one in told] == [200, None] and told[1].said == "localhost did not answer in time."


def test_who_speaks_no_http_2_or_is_silent_from_the_start_is_unreachable(tmp_path, monkeypatch):
    old = apple_service(tmp_path, monkeypatch, alpn="http/1.1")
    with old as service, pytest.raises(Unreachable, match="does not speak HTTP/2"):
        tell(service, "good")
    over = Event()
    with serving(lambda line, served: over.wait(30)) as served:
        service.at = f"https://localhost:{served.port}"
        with pytest.raises(TimedOut):
            tell(service, "good", timeout=0.2)
        over.set()


def test_nonsense_on_the_wire_tells_nobody(tmp_path, monkeypatch):
    with apple_service(tmp_path, monkeypatch) as service:
        monkeypatch.setattr(
            "tests.support.apple_service._Session.run", lambda self: self.line.sendall(b"HTTP/1.1 400 ")
        )
        assert [one.status for one in tell(service, "good")] == [None]


def test_a_certificate_that_the_service_does_not_know_tells_nobody(service):
    stranger = wallets.certificate("stranger", "stranger", {wallets.NameOID.USER_ID: "x"}).public_bytes(
        wallets.Encoding.PEM
    )
    by = Certificate(stranger.decode(), stranger.decode(), wallets.pem(wallets.key("stranger")).decode())
    told = tell(service, "good", by=by)
    assert told[0].status is None and service.got == []


def test_the_network_here_and_strangers_to_the_system_are_not_spoken_with(service, monkeypatch):
    with pytest.raises(ForbiddenAddress):
        announce(service.at, certificate(), wallets.PASS_TYPE, ["good"], 5)
    monkeypatch.delenv("SSL_CERT_FILE")
    with pytest.raises(Unreachable, match="no valid certificate"):
        tell(service, "good")
    assert service.got == []


def test_the_key_is_left_in_no_file(service, tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "own"))
    (tmp_path / "own").mkdir()
    written = []
    real = tempfile.NamedTemporaryFile

    def kept():
        file = real()
        write = file.write
        file.write = lambda body: written.append(body) or write(body)
        return file

    monkeypatch.setattr(tempfile, "NamedTemporaryFile", kept)
    tell(service, "good")
    assert written and b"BEGIN ENCRYPTED PRIVATE KEY" in written[0] and b"BEGIN PRIVATE KEY" not in written[0]
    assert list((tmp_path / "own").iterdir()) == []
