"""The real server: gunicorn with two processes, as it is run in production, on a port of its own."""

import os
import secrets
import signal
import socket
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.process import BaseProcess
from pathlib import Path

import requests

from portal import config, database
from portal.domain.events import log
from tests.support import cast, engines, starting
from tests.support.waiting import PATIENCE_SECONDS

ROOT = Path(__file__).parent.parent.parent


@dataclass
class Server:
    """A running portal: its address, its settings, the cast in its database, and its processes."""

    url: str
    settings: config.Settings
    environ: dict
    folder: Path
    world: cast.World | None = None
    processes: dict[str, BaseProcess] = field(default_factory=dict)

    @contextmanager
    def connected(self):
        """Look into its database from the test, through the domain."""
        engines.let_go()
        database.connect(self.settings)
        log.when_recorded(None)
        try:
            yield
        finally:
            database.drop_connection()

    def key_of(self, who: str, role: str = "owner") -> str:
        """A fresh sign-in of somebody, as the session cookie names it."""
        with self.connected():
            return self.world.key_of(who, role)

    def start(self, name: str = "web") -> None:
        """Start the `web` server or the `worker`."""
        command = ["gunicorn", "-c", str(ROOT / "gunicorn.conf.py")] if name == "web" else ["portal.worker"]
        self.processes[name] = starting.start(command, ROOT, self.environ, self.folder / f"{name}.log")
        if name == "web":
            self.wait_until_ready()

    def wait_until_ready(self) -> None:
        """Return once it answers that it is ready; fail with its log when it does not."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline and self.processes["web"].exitcode is None:
            try:
                if requests.get(f"{self.url}/readyz", timeout=10).ok:
                    return
            except requests.RequestException:
                time.sleep(0.05)
        raise AssertionError(f"the server did not start:\n{self.log('web')}")

    def log(self, name: str = "web") -> str:
        """What a process wrote."""
        return (self.folder / f"{name}.log").read_text()

    def stop(self, name: str) -> int:
        """End a process in good order; its exit code."""
        process = self.processes.pop(name)
        process.terminate()
        process.join(PATIENCE_SECONDS)
        try:
            return process.exitcode
        finally:
            _kill_group(process)

    def kill(self, name: str) -> None:
        """End a process and all it started at once, as a crash would."""
        process = self.processes.pop(name)
        _kill_group(process)
        process.join()

    def kill_all(self) -> None:
        """End whatever still runs."""
        for name in list(self.processes):
            self.kill(name)


def free_port() -> int:
    """A port that nobody listens on, none of those that clients are given: one of them may be taken until it is used."""
    while True:
        port = 11_000 + secrets.randbelow(20_000)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


def environment(url: str, folder: Path, port: int, **overrides) -> dict[str, str]:
    """The environment of a server of the tests; `overrides` are settings in lower case."""
    own = {name: value for name, value in os.environ.items() if name not in config.names()}
    given = {
        "DATABASE_URL": url,
        "DATA_DIR": str(folder),
        "PORT": str(port),
        "PUBLIC_URL": f"http://127.0.0.1:{port}",
        "SECRET_KEY": "a secret of the tests, long enough to be taken",
        "WEB_PROCESSES": "2",
        "WEB_THREADS": "4",  # More than a default of one: races are tried as hard as they come.
        "API_LIMIT": "1000000",
        "CLICK_LIMIT": "1000000",
        "OPEN_LIMIT": "1000000",
        "SIGN_IN_LIMIT": "1000000",
        "ALLOW_PRIVATE_ADDRESSES": "1",
        **{name.upper(): str(value) for name, value in overrides.items()},
    }
    return {**own, **given}


def launch(engine, folder: Path, name: str, *, worker: bool = False, **overrides) -> Server:
    """A server on a fresh database of the engine, with the cast in it."""
    port = free_port()
    folder.mkdir(parents=True, exist_ok=True)
    environ = environment(engine.another(name), folder, port, **overrides)
    settings = config.load(environ)
    server = Server(f"http://127.0.0.1:{port}", settings, environ, folder)
    with server.connected():
        server.world = cast.build()
    server.start("web")
    if worker:
        server.start("worker")
    return server


def _kill_group(process: BaseProcess) -> None:
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
