"""The operator's start: how the installation does, each part with its state in words and what to do."""

import platform
import shutil
import tomllib
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import NamedTuple

from flask import current_app, render_template, url_for

from portal import clock, database
from portal.domain.accounts.partners import lists as partner_lists
from portal.domain.installation import marks
from portal.domain.mail import standing as mail_standing
from portal.domain.sentences import Sentence, counted, say
from portal.operator import board_words as said

GOOD, LOOK, BAD = "good", "look", "bad"
_STILL, _AGAIN = timedelta(minutes=5) // clock.MICROSECOND, timedelta(minutes=10) // clock.MICROSECOND
_BACKUP_LASTS = timedelta(days=2) // clock.MICROSECOND
_FULL, _NEARLY_FULL = 0.95, 0.85
_LEAST_FREE = 1 << 30
_PROJECT = Path(__file__).parents[2] / "pyproject.toml"


class Panel(NamedTuple):
    """A part of the installation: how it does, what to do, and where."""

    title: Sentence
    icon: str
    state: str
    said: Sentence
    facts: list[tuple]
    todo: Sentence | None = None
    link: tuple[Sentence, str] | None = None


def index():
    """The board. By the wall's clock."""
    clock.use(0)
    panels = [_mail(), _work(), _backups(), _disk(), _partners()]
    worst = next((state for state in (BAD, LOOK) if any(panel.state == state for panel in panels)), GOOD)
    return render_template(
        "operator/board.html", panels=panels, worst=worst, words=said.STATES, all_said=said.ALL, versions=_versions()
    )


def _mail() -> Panel:
    stands, has_server = mail_standing.standing(), bool(current_app.config["SETTINGS"].smtp_url)
    state, words, todo = GOOD, said.MAIL_GOES, None
    if not has_server:
        state, words, todo = LOOK, said.NO_SERVER, said.SET_SMTP
    elif stands.late:
        state, words, todo = BAD, counted(stands.late, *said.MAIL_LATE), said.LOOK_AT_WORKER
    elif stands.failed_lately:
        state, words, todo = LOOK, counted(stands.failed_lately, *said.MAIL_FAILED), said.SEND_AGAIN
    facts = [
        (say("Sent in the last day"), stands.sent_lately), (say("Waiting"), stands.waiting), (say("Failed"), stands.failed),
        (say("Kept here"), stands.kept),
    ]  # fmt: skip
    return Panel(say("Mail"), "mail", state, words, facts, todo, (say("All mail"), url_for("operator.mail.index")))


def _work() -> Panel:
    """The worker's drains: each looks once a minute by itself, and when something is recorded."""
    now, looked, failed = clock.wall_micros(), marks.moments(marks.LOOKED), marks.moments(marks.FAILED)
    still = [kind for kind in said.KINDS if now - looked.get(kind, 0) > _STILL]
    broken = [kind for kind in said.KINDS if now - failed.get(kind, 0) < _AGAIN]
    facts = [(words, clock.from_micros(looked[kind]) if kind in looked else None) for kind, words in said.KINDS.items()]
    title, icon = say("Background work"), "refresh-cw"
    if still:
        return Panel(title, icon, BAD, said.stands_still(still), facts, said.START_WORKER)
    if broken:
        return Panel(title, icon, LOOK, said.failed(broken), facts, said.READ_LOG)
    return Panel(title, icon, GOOD, say("Every kind was looked at within five minutes."), facts)


def _backups() -> Panel:
    last = marks.last_backup()
    title = say("Backups")
    if last is None:
        return Panel(title, "database", BAD, say("No backup is known of."), [], said.BACK_UP)
    facts = [(say("Last one"), clock.from_micros(last.at)), (say("Its size"), said.size(last.size))]
    if clock.wall_micros() - last.at > _BACKUP_LASTS:
        return Panel(title, "database", BAD, say("The last backup is over two days old."), facts, said.BACK_UP)
    return Panel(title, "database", GOOD, say("The last backup is fresh."), facts, said.KEEP_ELSEWHERE)


def _disk() -> Panel:
    settings = current_app.config["SETTINGS"]
    disk = shutil.disk_usage(settings.data_dir)
    facts = [
        (say("Free"), said.size(disk.free)),
        (say("Of"), said.size(disk.total)),
        (say("Database"), said.size(_database_size())),
    ]
    share = disk.used / disk.total
    title, link = say("Disk"), None
    if share > _FULL or disk.free < _LEAST_FREE // 4:
        return Panel(
            title, "server", BAD, say("It is nearly full: soon nothing can be written."), facts, said.FREE_DISK, link
        )
    if share > _NEARLY_FULL or disk.free < _LEAST_FREE:
        return Panel(title, "server", LOOK, say("It gets full."), facts, said.FREE_DISK, link)
    return Panel(title, "server", GOOD, say("There is room."), facts)


def _partners() -> Panel:
    waiting = partner_lists.count_waiting()
    facts = [(say("Partners"), partner_lists.count()), (say("Waiting"), waiting)]
    link = (say("Partners"), url_for("operator.partners", show="waiting" if waiting else None))
    if waiting:
        return Panel(say("Partners"), "building-2", LOOK, counted(waiting, *said.WAITING), facts, said.CONFIRM, link)
    return Panel(say("Partners"), "building-2", GOOD, say("Nobody waits to be confirmed."), facts, None, link)


def _database_size() -> int:
    settings = current_app.config["SETTINGS"]
    query = "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size" if settings.is_sqlite else (
        "SELECT pg_database_size(current_database())"
    )  # fmt: skip
    return int(database.database.execute_sql(query).fetchone()[0])


def _versions() -> list[tuple]:
    settings = current_app.config["SETTINGS"]
    query = "SELECT sqlite_version()" if settings.is_sqlite else "SHOW server_version"
    engine = "SQLite" if settings.is_sqlite else "PostgreSQL"
    return [
        (say("Portal"), _portal()),
        (say("Last migration"), database.applied_migrations()[-1]),
        (engine, database.database.execute_sql(query).fetchone()[0]),
        ("Python", platform.python_version()),
    ]


@cache
def _portal() -> str:
    """The version of this release."""
    return tomllib.loads(_PROJECT.read_text())["project"]["version"]
