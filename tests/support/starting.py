"""Processes of the portal that start at once: forked from one that has loaded its modules already.

What runs in them is what a command line would run, with an environment and an output of its own. Loading the modules is most of
what a start costs; tests/test_supervisor.py and tests/test_commands.py start theirs from nothing, as people do.
"""

import importlib
import multiprocessing
import os
import runpy
import socket
import sys
from contextlib import suppress
from pathlib import Path

FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(["portal", "portal.worker.__main__", "gunicorn.app.wsgiapp", "portal.server.listening"])


def start(command: list[str], folder: Path, environ: dict[str, str], output: Path, line: socket.socket | None = None):
    """Start `python -m` with this command, leader of a process group of its own; `.pid`, `.exitcode`, `.join(seconds)`.

    `line` becomes its standard input and output; what it says otherwise goes to the file `output`.
    """
    process = FORKS.Process(target=_become, args=(command, folder, environ, output, line), daemon=True)
    process.start()
    return process


def _become(command: list[str], folder: Path, environ: dict[str, str], output: Path, line) -> None:
    os.setsid()
    log = os.open(output, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    os.dup2(log, 1), os.dup2(log, 2)
    if line:
        os.dup2(line.fileno(), 0), os.dup2(line.detach(), 1)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environ)
    sys.argv, sys.orig_argv = list(command), [sys.executable, "-m", *command]
    if "PYTHONPATH" in environ:
        sys.path[:0] = environ["PYTHONPATH"].split(os.pathsep)
        sys.modules.pop("sitecustomize", None)
        with suppress(ModuleNotFoundError):  # As Python starts: it need not be there.
            importlib.import_module("sitecustomize")
    runpy.run_module(command[0], run_name="__main__", alter_sys=True)
