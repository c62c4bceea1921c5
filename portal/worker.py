"""The task queue and its schedule. Tasks only drain rows that are due; what is due lives in the domain's own rows."""

import time
from threading import Lock

from huey import PostgresHuey, SqliteHuey, crontab
from huey.serializer import Serializer

from portal import config
from portal.domain.events import log

_EVERY_SECONDS = 1.0


def queue_for(settings: config.Settings):
    """The queue: in PostgreSQL itself, or in a file of its own beside SQLite's (on the same file it would lock itself out)."""
    if settings.is_sqlite:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        # The queue only says "look now": nothing is lost with it, so it need not be synced or kept in a write-ahead log.
        return SqliteHuey("portal", filename=str(settings.data_dir / "queue.db"), fsync=False, journal_mode="truncate", results=False)
    return PostgresHuey("portal", dsn=settings.database_url, results=False)


def wake_on_events(settings: config.Settings) -> None:
    """Have the worker woken after each commit that recorded events."""
    log.when_recorded(None)
