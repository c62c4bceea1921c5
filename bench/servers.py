"""Starting the portal and the yardstick as production would, and ending them by their process id."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parent.parent
_READY_SECONDS, _END_SECONDS = 30, 25


class NotReady(RuntimeError):
    """A server that did not come up, with the end of its log."""


def free_port() -> int:
    """A loopback port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def portal(settings, environ: dict, log: Path):
    """The portal under gunicorn with its own configuration."""
    return _served(["-c", "gunicorn.conf.py"], environ, ROOT, settings.port, "/readyz", log)


def yardstick(settings, port: int, log: Path):
    """The hello world under gunicorn with the portal's worker class, count and threads."""
    arguments = [
        "-k", "gthread", "-w", str(settings.web_processes), "--threads", str(settings.web_threads),
        "-b", f"127.0.0.1:{port}", "--reuse-port", "--keep-alive", "30", "--no-control-socket", "bench.yardstick:app",
    ]  # fmt: skip
    # Elsewhere than in the root, where gunicorn would take the portal's configuration by itself.
    return _served(arguments, {"PYTHONPATH": str(ROOT)}, log.parent, port, "/", log)


@contextmanager
def module(arguments: list[str], environ: dict, log: Path):
    """A module of Python's that runs beside what is measured."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", *arguments], cwd=ROOT, env=kept | environ, stdout=output, stderr=output,
            start_new_session=True,
        )  # fmt: skip
    try:
        yield process
    finally:
        _end(process)


@contextmanager
def _served(arguments: list[str], environ: dict, directory: Path, port: int, probe: str, log: Path):
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    with log.open("wb") as output:
        # A session of its own: Ctrl-C reaches the benchmark alone, which then ends its servers.
        process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", *arguments],
            cwd=directory, env=kept | environ, stdout=output, stderr=output, start_new_session=True,
        )  # fmt: skip
    try:
        _wait(process, port, probe, log)
        yield process
    finally:
        _end(process)


def _wait(process: subprocess.Popen, port: int, probe: str, log: Path) -> None:
    end = time.monotonic() + _READY_SECONDS
    while not _answers(port, probe):
        if process.poll() is not None or time.monotonic() > end:
            raise NotReady(f"the server did not start:\n{log.read_text(errors='replace')[-3000:]}")
        time.sleep(0.1)


def _answers(port: int, path: str) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def _end(process: subprocess.Popen) -> None:
    process.terminate()
    try:
        process.wait(_END_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)  # Its session is its own: the master and its workers, nothing else.
        process.wait()
