"""A child process that is started again when it dies, and that never outlives its parent."""

import ctypes
import os
import signal
import subprocess
import time

PATIENCE_SECONDS = 25.0  # A little more than the web server gives the requests that it has begun (gunicorn.conf.py).
_FIRST_DELAY, _LONGEST_DELAY = 0.5, 10.0
_LIVED_WELL_SECONDS = 30.0
_GONE_SECONDS, _GONE_TICK_SECONDS = 2.0, 0.01
_ON_PARENTS_DEATH = 1  # prctl(PR_SET_PDEATHSIG)


class Child:
    """One command. Each time it dies soon after its start, the next start waits a little longer."""

    def __init__(self, name: str, command: list[str], environ: dict[str, str] | None = None):
        self.name = name
        self._command, self._environ = command, environ
        self.process: subprocess.Popen | None = None
        self._started = 0.0
        self._delay = 0.0
        self._next_start = 0.0

    def keep_running(self) -> None:
        """Start it if it does not run and its time has come; call this again and again."""
        if self.process is not None and self.process.poll() is not None:
            self._note_death(self.process)
        if self.process is None and time.monotonic() >= self._next_start:
            self._started = time.monotonic()
            # A group of its own: Ctrl-C reaches the parent alone, which then ends its children in order.
            self.process = subprocess.Popen(
                self._command, env=self._environ, start_new_session=True, preexec_fn=_end_with_parent
            )

    def ask_to_end(self) -> None:
        """Ask it to finish what it does and end."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def end(self, patience: float = PATIENCE_SECONDS) -> None:
        """Wait until it has ended; after `patience` seconds end it and whatever it started by force."""
        process = self.process
        if process is None:
            return
        try:
            process.wait(patience)
        except subprocess.TimeoutExpired:
            print(f"{self.name} does not end by itself: killing it.", flush=True)
            _kill(process)
            process.wait()
        _kill_group(process)

    def _note_death(self, process: subprocess.Popen) -> None:
        _kill_group(process)  # What it started would hold the port.
        lived_well = time.monotonic() - self._started > _LIVED_WELL_SECONDS
        self._delay = _FIRST_DELAY if lived_well or not self._delay else min(self._delay * 2, _LONGEST_DELAY)
        self._next_start = time.monotonic() + self._delay
        self.process = None
        print(f"{self.name} ended ({process.returncode}); starting it again in {self._delay:g} s.", flush=True)


def _kill_group(process: subprocess.Popen) -> None:
    """End what it left behind, and return once nothing of it is there: a killed process takes a moment to go."""
    deadline = time.monotonic() + _GONE_SECONDS
    while _kill(process) and time.monotonic() < deadline:
        _bury(process)
        time.sleep(_GONE_TICK_SECONDS)


def _kill(process: subprocess.Popen) -> bool:
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):  # The second is said of the dead where it is not Linux.
        return False
    return True


def _bury(process: subprocess.Popen) -> None:
    # Orphans are init's, and in a container this process may be init.
    try:
        os.waitpid(-process.pid, os.WNOHANG)
    except ChildProcessError:
        pass


def _end_with_parent() -> None:
    if os.uname().sysname == "Linux":
        ctypes.CDLL(None).prctl(_ON_PARENTS_DEATH, signal.SIGTERM)
