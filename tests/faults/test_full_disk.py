"""On a full disk writes are refused in words, reads go on, and all is well again as soon as there is room."""

import io
import itertools
import random
import resource
from datetime import timedelta
from pathlib import Path

import pytest
import requests
from PIL import Image

from portal import clock, database
from portal.domain.accounts.tables import SignIn
from portal.server.limits import Limiter, Policy
from tests.faults.browser import form_token, signed_in
from tests.faults.shop import refuse_losses, report
from tests.support.cast import PASSWORD
from tests.support.waiting import until
from tests.test_supervisor import children_of

pytestmark = pytest.mark.engine("sqlite")
SMALL_DISK = Path(__file__).parent / "small_disk"
UNLIMITED = resource.RLIM_INFINITY


class PageLimit:
    """SQLite may not add a page."""

    def __init__(self, portal):
        self.sign = Path(portal.environ["FULL_DISK"])

    def fill(self) -> None:
        self.sign.touch()

    def make_room(self) -> None:
        self.sign.unlink()


class FileLimit:
    """No process of the server may write to any file, its log and its temporary files among them."""

    def __init__(self, portal):
        master = portal.processes["web"].pid
        until(lambda: len(children_of(master)) == 2, "every web process")
        self.processes = [master, *children_of(master)]

    def fill(self) -> None:
        self._allow(0)

    def make_room(self) -> None:
        self._allow(UNLIMITED)

    def _allow(self, size: int) -> None:
        for process in self.processes:
            resource.prlimit(process, resource.RLIMIT_FSIZE, (size, UNLIMITED))


@pytest.fixture(params=[PageLimit, FileLimit])
def disk(request, portal):
    return request.param(portal)


@pytest.fixture
def portal(start_portal, engine_name, tmp_path):
    return start_portal(engine_name, pythonpath=SMALL_DISK, full_disk=tmp_path / "full")


def fill_up(portal, name: str) -> list[str]:
    """Report deals until one is refused; those that were answered."""
    answered = []
    for number in itertools.count():
        answer = report(portal, f"{name}-{number}", another_data="myshare=NRTHWND22" + "x" * 3000)
        if answer.status_code != 200:
            assert_refused_in_words(answer)
            return answered
        answered.append(f"{name}-{number}")


def assert_refused_in_words(answer) -> None:
    assert answer.status_code == 503, answer.text
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.headers["Retry-After"]
    assert answer.json()["status"] == 503
    assert "Try again in a moment" in answer.json()["detail"]


def assert_page_in_words(answer) -> None:
    assert answer.status_code == 503, (answer.status_code, answer.text)
    assert answer.headers["Retry-After"]
    assert "Try again in a moment" in answer.text


def sign_in(portal) -> requests.Response:
    session = requests.Session()
    token = form_token(session, f"{portal.url}/sign-in")
    known = {"csrf_token": token, "mail": "owner@acme.example", "password": PASSWORD}
    return session.post(f"{portal.url}/sign-in", data=known, timeout=60)


def noise() -> bytes:
    """A picture of more than a megabyte: what is that large passes through a file in many a server."""
    written = io.BytesIO()
    Image.frombytes("RGB", (700, 700), random.Random(1).randbytes(700 * 700 * 3)).save(written, "PNG")
    return written.getvalue()


def upload(portal, session, name: str, token: str) -> requests.Response:
    files = {"picture": (name, noise(), "image/png")}
    return session.post(f"{portal.url}/pictures", files=files, data={"csrf_token": token}, timeout=60)


def test_writes_are_refused_reads_go_on_and_room_is_enough(portal, disk, app_pool):
    session = signed_in(portal, app_pool)
    token = form_token(session, f"{portal.url}/pictures")
    answered = [f"W-{number}" for number in range(3)]
    assert all(report(portal, deal_id).ok for deal_id in answered)

    disk.fill()
    try:
        answered += fill_up(portal, "X")
        for _ in range(8):  # Each thread of each process meets the full disk.
            assert_refused_in_words(report(portal, "Y-1", another_data="x" * 3900))
            assert requests.get(f"{portal.url}/api/deal/W-1", headers=portal.world.acme.bearer, timeout=60).ok
            assert session.get(f"{portal.url}/deals", timeout=60).ok
        assert requests.get(f"{portal.url}/readyz", timeout=60).ok
        assert_page_in_words(upload(portal, session, "a.png", token))
        assert sign_in(portal).status_code in (200, 503)
    finally:
        disk.make_room()

    assert report(portal, "Y-1").ok
    assert upload(portal, session, "a.png", token).ok
    assert sign_in(portal).ok
    refuse_losses(portal, [*answered, "Y-1"])


def test_a_full_disk_leaves_the_limits_to_each_process(tmp_path, caplog):
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
    try:
        limiter = Limiter(tmp_path / "limits")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    verdicts = [limiter.take("x", Policy("token", 2, 60)).allowed for _ in range(3)]
    assert verdicts == [True, True, False]
    assert "no room" in caplog.text


def test_the_limits_have_their_room_before_they_are_needed(tmp_path):
    Limiter(tmp_path / "limits")
    taken = (tmp_path / "limits").stat()
    assert taken.st_blocks * 512 >= taken.st_size > 0


def test_a_connection_that_still_reads_is_kept_after_a_failure(engine):
    kept = database.database.connection()
    database.database.begin()
    database.mend_connection()
    assert database.database.connection() is kept
    assert not database.database.in_transaction()
    kept.close()
    database.mend_connection()
    assert database.database.connection() is not kept


def test_a_page_is_shown_though_the_visit_cannot_be_noted(world, engine):
    visitor = world.as_("acme")
    SignIn.update(seen_at=clock.now() - timedelta(hours=1)).execute()
    database.database.execute_sql("PRAGMA query_only = 1")
    try:
        assert visitor.get("/deals").status_code == 200
    finally:
        database.database.execute_sql("PRAGMA query_only = 0")
