"""Web server and worker as one command: `python -m portal.server.supervisor`, which is what `make run` starts."""

import os
import signal
import socket
import sys
import time
from collections.abc import Callable

from portal import config, database
from portal.config import BadSetting, Settings
from portal.demo import entrance
from portal.server import start
from portal.server.children import Child

_TICK_SECONDS = 0.2
_READY_TICKS = 150


def main() -> None:
    """Prepare the database, start web and worker, and keep them going until Ctrl-C or SIGTERM."""
    settings = config.load()
    _refuse_port_in_use(settings)
    start.refuse_unsafe(settings, migrates=True)
    entrance = _prepared(settings)
    # The children must read the same settings, the demo's kept secret among them. A line a request would scroll the
    # demo's sign-ins away; LOG_LEVEL=INFO brings them back.
    quiet = {"LOG_LEVEL": "WARNING"} if settings.demo else {}
    environ = {**quiet, **os.environ, "SECRET_KEY": settings.secret_key, "PUBLIC_URL": settings.public_url}
    web = Child(
        "web", [sys.executable, "-m", "gunicorn", "-c", str(database.MIGRATIONS.parent / "gunicorn.conf.py")], environ
    )
    worker = Child("worker", [sys.executable, "-m", "portal.worker"], environ)
    supervise([web, worker], lambda: _is_open(settings), lambda: print(entrance, flush=True))


def supervise(children: list[Child], is_ready: Callable[[], bool], when_ready: Callable[[], None]) -> None:
    """Keep the children running until a signal; then end them all, one that does not listen by force."""
    # A plain list: a handler that took a lock could find it held by the very code that it interrupts.
    signals: list[int] = []
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda received, frame: signals.append(received))
    waiting = _READY_TICKS
    try:
        while not signals:
            for child in children:
                child.keep_running()
            if waiting and is_ready():
                waiting = 0
                when_ready()
            waiting = max(0, waiting - 1)
            time.sleep(_TICK_SECONDS)
    finally:
        for child in children:
            child.ask_to_end()
        for child in children:
            child.end()


def _prepared(settings: Settings) -> str:
    """Bring the schema to head, load the demo into an empty database; what to print once the portal answers."""
    database.connect(settings)
    try:
        database.migrate()
        lines = [f"The portal runs at {settings.public_url} (Ctrl-C stops it)."]
        if settings.demo:
            lines += entrance.lines(settings)
        return "\n".join(lines)
    finally:
        database.drop_connection()


def _refuse_port_in_use(settings: Settings) -> None:
    # The web server shares its port between its workers, and so would not notice a stranger on it.
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
            probe.listen(1)
        except OSError as error:
            sentence = f"Cannot listen on {settings.host}:{settings.port} ({error.strerror})."
            raise BadSetting(f"{sentence} Choose another port, such as: PORT={settings.port + 1} make run") from None


def _is_open(settings: Settings) -> bool:
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.host, settings.host)
    try:
        socket.create_connection((host, settings.port), timeout=0.2).close()
    except OSError:
        return False
    return True


if __name__ == "__main__":
    main()
