"""When the supervisor is told to end, nothing that it started stays behind."""

import os
import signal
import subprocess
import sys

import pytest
import requests

from tests.support.running import ROOT, environment, free_port
from tests.support.waiting import PATIENCE_SECONDS, until
from tests.test_supervisor import answers, children_of, runs

pytestmark = pytest.mark.engine("sqlite")


@pytest.fixture
def supervisor(engine, tmp_path):
    """The supervisor, leader of its own process group as a shell would start it; `output` is what it said."""
    port = free_port()
    environ = environment(engine.another("ended"), tmp_path, port)
    with open(tmp_path / "output", "wb") as output:
        command = [sys.executable, "-m", "portal.server.supervisor"]
        process = subprocess.Popen(command, cwd=ROOT, env=environ, stdout=output, stderr=output, start_new_session=True)
    process.output, process.url = tmp_path / "output", f"http://127.0.0.1:{port}"
    until(lambda: answers(process.url), "the portal")
    until(lambda: len(web_processes(process)) == 2, "every web process")
    yield process
    if process.poll() is None:
        process.terminate()
        process.wait(PATIENCE_SECONDS)


def web_processes(supervisor) -> list[int]:
    return [grandchild for child in children_of(supervisor.pid) for grandchild in children_of(child)]


def test_nothing_stays_behind_though_a_client_keeps_its_connection(supervisor):
    groups = children_of(supervisor.pid)
    started = [*groups, *web_processes(supervisor)]
    with requests.Session() as idle:
        assert idle.get(f"{supervisor.url}/livez", timeout=60).ok
        os.killpg(supervisor.pid, signal.SIGTERM)
        assert supervisor.wait(PATIENCE_SECONDS) == 0
    assert not any(map(runs, started))
    for group in groups:
        with pytest.raises(ProcessLookupError):
            os.killpg(group, 0)
    assert "killing it" not in supervisor.output.read_text()
