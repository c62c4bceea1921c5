"""The operator's start tells how each part of the installation does, and what to do."""

import shutil
from collections import namedtuple
from uuid import uuid4

import pytest

from portal import clock
from portal.domain.accounts.tables import Partner
from portal.domain.installation import marks
from portal.domain.mail.tables import Mail
from portal.operator import board_words
from portal.worker import drains
from portal.worker.lanes import Drain, run

PLACE = "/operator/board"
MINUTE, DAY = 60 * 1_000_000, 86_400 * 1_000_000
SEQUENCE_OF = "DELETE FROM sequence WHERE name LIKE 'looked: %' OR name LIKE 'failed: %' OR name LIKE 'backup: %'"


@pytest.fixture
def operator(world):
    forget()
    yield world.as_("operator")
    forget()


def forget():
    Partner._meta.database.execute_sql(SEQUENCE_OF)


def panel(operator, title: str) -> str:
    """The text of one part."""
    page = operator.get(PLACE).text
    (found,) = (part for part in page.split('<section class="card"')[1:] if f"</svg>{title}</h2>" in part)
    return found.partition("</section>")[0]


def set_back(mark: str, micros: int) -> None:
    Partner._meta.database.execute_sql(f"UPDATE sequence SET value = value - {micros} WHERE name LIKE '{mark}%'")


def test_it_is_where_the_operator_comes_to_and_nobody_else(world, operator):
    assert operator.get("/").location == PLACE
    assert world.as_("acme").get(PLACE).status_code == 404


def test_every_kind_of_work_is_on_it():
    assert list(board_words.KINDS) == [drain.name for drain in drains.DRAINS]


def test_work_that_nobody_looks_at_is_told_with_what_to_do(operator):
    assert (
        "No worker has looked" in panel(operator, "Background work")
        and "Something does not work" in operator.get(PLACE).text
    )
    for kind in board_words.KINDS:
        marks.looked(kind)
    assert "Every kind was looked at" in panel(operator, "Background work")
    set_back("looked: mail", 6 * MINUTE)
    told = panel(operator, "Background work")
    assert "1 kind of work was not looked at for over five minutes: Mail." in told and "Act now" in told


def test_work_that_failed_is_told_for_ten_minutes(operator, settings):
    for kind in board_words.KINDS:
        marks.looked(kind)

    def fails(_):
        raise OSError("no")

    run(Drain("imports", fails), settings)
    assert "Failed in the last ten minutes: Imports of deals." in panel(operator, "Background work")
    set_back("failed: ", 11 * MINUTE)
    assert "Every kind was looked at" in panel(operator, "Background work")


def test_mail_that_waits_or_failed_is_told(operator, app, monkeypatch):
    assert "No mail server is set up" in panel(operator, "Mail") and "Set SMTP_URL" in panel(operator, "Mail")
    monkeypatch.setitem(
        app.config,
        "SETTINGS",
        app.config["SETTINGS"].__class__(**{**vars(app.config["SETTINGS"]), "smtp_url": "smtp://x"}),
    )
    assert "Mail goes out." in panel(operator, "Mail")
    written = {"to": "a@b.example", "subject": "x", "text": "x"}
    Mail.create(uuid=str(uuid4()), state="failed", created_at=clock.now(), **written)
    assert "1 mail of the last day failed." in panel(operator, "Mail")
    Mail.create(uuid=str(uuid4()), due_at=clock.wall_micros() - 11 * MINUTE, **written)
    assert "1 mail waits for over ten minutes." in panel(operator, "Mail")


def test_a_backup_is_told_with_its_age_and_size(operator, app, tmp_path):
    assert "No backup is known of." in panel(operator, "Backups") and "flask --app portal backup FILE" in panel(
        operator, "Backups"
    )
    assert app.test_cli_runner().invoke(args=["backup", str(tmp_path / "portal.backup")]).exit_code == 0
    told = panel(operator, "Backups")
    assert "The last backup is fresh." in told and board_words.size((tmp_path / "portal.backup").stat().st_size) in told
    set_back("backup: at", 3 * DAY)
    assert "over two days old" in panel(operator, "Backups")


def test_a_full_disk_is_told_before_it_is_full(operator, monkeypatch):
    usage = namedtuple("usage", "total used free")
    assert "Database" in panel(operator, "Disk")
    for used, said in ((50, "There is room."), (90, "It gets full."), (97, "It is nearly full")):
        monkeypatch.setattr(shutil, "disk_usage", lambda _, used=used: usage(100 << 30, used << 30, (100 - used) << 30))
        assert said in panel(operator, "Disk")


def test_partners_that_wait_are_told_and_versions_stand_there(world, operator):
    assert "Nobody waits" in panel(operator, "Partners") and "0.1.0" in panel(operator, "Versions")
    Partner.update(confirmed_at=None).where(Partner.id == world.rival.id).execute()
    told = panel(operator, "Partners")
    assert "1 partner waits to be confirmed." in told and "/operator/partners?show=waiting" in told
