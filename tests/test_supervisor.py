"""One command keeps web and worker going, and leaves nothing behind."""

import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
import requests

from portal.server.children import Child
from tests.support.running import environment, free_port
from tests.support.waiting import PATIENCE_SECONDS, until

pytestmark = pytest.mark.engine("sqlite")
ROOT = Path(__file__).parent.parent
STUBBORN = (
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); time.sleep(60)"
)


def children_of(pid: int) -> list[int]:
    return [int(number) for number in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def answers(url: str) -> bool:
    try:
        return requests.get(f"{url}/readyz", timeout=60).ok
    except requests.RequestException:
        return False


@pytest.fixture
def supervised(engine, tmp_path):
    """The supervisor with the demo on a database without tables: its process and its address."""
    port = free_port()
    environ = environment(engine.bare("supervised"), tmp_path, port, demo="1", web_processes="1")
    with open(tmp_path / "output", "wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "portal.server.supervisor"], cwd=ROOT, env=environ, stdout=output, stderr=output
        )
    process.output = tmp_path / "output"
    process.environ = environ
    yield process, f"http://127.0.0.1:{port}"
    if process.poll() is None:
        process.terminate()
        process.wait(PATIENCE_SECONDS)


def test_it_prepares_serves_replaces_what_is_killed_and_ends_without_a_trace(supervised):
    process, url = supervised
    until(lambda: answers(url), "the portal")
    until(lambda: "operator@" in process.output.read_text(), "the demo's sign-ins")
    assert "pp_live_" in process.output.read_text()

    web, worker = children_of(process.pid)
    orphans = children_of(web)
    for dead in (web, worker):
        os.kill(dead, signal.SIGKILL)
    until(lambda: len({*children_of(process.pid)} - {web, worker}) == 2, "a new web server and a new worker")
    until(lambda: answers(url), "the portal")
    until(lambda: not any(map(runs, orphans)), "the web processes left alone to end")
    said = process.output.read_text()
    assert "web ended (-9); starting it again in 0.5 s." in said
    assert "worker ended (-9); starting it again in 0.5 s." in said

    left = children_of(process.pid)
    left += [grandchild for child in left for grandchild in children_of(child)]
    process.send_signal(signal.SIGINT)
    assert process.wait(PATIENCE_SECONDS) == 0
    until(lambda: not any(map(runs, left)), "everything it started to end")


def test_a_port_in_use_is_said_in_a_sentence(engine, tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        environ = environment(engine.another("port"), tmp_path, port)
        ended = subprocess.run(
            [sys.executable, "-m", "portal.server.supervisor"], cwd=ROOT, env=environ, capture_output=True, text=True
        )
    assert ended.returncode == 1
    assert ended.stderr.startswith(f"Cannot listen on 127.0.0.1:{port}")


@pytest.fixture(scope="session")
def demo(run_folder):
    """What the command that makes the demo said, which takes seconds, and the folder in which it stands."""
    folder = run_folder / "demo"
    environ = {"PATH": os.environ["PATH"], "DATA_DIR": str(folder)}
    command = [sys.executable, "-m", "flask", "--app", "portal", "demo", "--json"]
    ended = subprocess.run(command, cwd=ROOT, env=environ, check=True, capture_output=True)
    return ended.stdout, folder


def test_a_command_without_a_secret_is_about_the_demo(demo):
    assert json.loads(demo[0])["operator"]["email"]


@pytest.mark.parametrize(
    "module", [["gunicorn", "-c", "gunicorn.conf.py"], ["portal.worker"], ["portal.server.supervisor"]]
)
def test_nothing_serves_the_demo_database_in_earnest(demo, module):
    command = [sys.executable, "-m", *module]
    environ = environment(f"sqlite:///{demo[1] / 'portal.db'}", demo[1], free_port())
    ended = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, timeout=PATIENCE_SECONDS)
    assert ended.returncode != 0
    assert "demo world" in ended.stderr


def test_a_child_that_does_not_listen_is_ended_by_force(capfd):
    child = Child("stubborn", [sys.executable, "-c", STUBBORN])
    child.keep_running()
    until(lambda: "deaf" in capfd.readouterr().out)
    child.ask_to_end()
    child.end(patience=0.2)
    assert child.process.returncode == -signal.SIGKILL


def test_a_child_that_dies_at_once_is_started_ever_more_patiently(capfd):
    child = Child("brief", [sys.executable, "-c", "raise SystemExit(3)"])
    for _ in range(3):
        until(lambda: child.keep_running() or child.process is not None)
        child.process.wait()
    child.keep_running()
    said = capfd.readouterr().out
    assert "brief ended (3); starting it again in 0.5 s." in said
    assert "starting it again in 1 s." in said


def test_a_supervisor_that_is_killed_takes_its_children_along():
    code = "import sys; from portal.server.children import Child; import time; c = Child('x', [sys.executable, '-c', 'import time; time.sleep(60)']); c.keep_running(); print(c.process.pid, flush=True); time.sleep(60)"
    parent = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    child = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    until(lambda: not runs(child))
