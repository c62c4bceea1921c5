"""A backup of a busy portal disturbs nobody, is of one moment, and what is restored from it can be worked with."""

import gzip
import json
import os
import tempfile
from pathlib import Path

import pytest
import requests

from portal.domain import schema
from tests.faults.shop import Shop, paid, refuse_losses
from tests.faults.test_full_disk import sign_in
from tests.support import running, starting
from tests.support.running import ROOT, Server
from tests.support.waiting import PATIENCE_SECONDS


def command(environ: dict, *arguments: str) -> str:
    """What the portal's command said; it must succeed."""
    with tempfile.NamedTemporaryFile() as output:
        started = starting.start(["flask", "--app", "portal", *arguments], ROOT, environ, output.name)
        started.join(PATIENCE_SECONDS)
        said = Path(output.name).read_text()
    assert started.exitcode == 0, said
    return said


def counts_in(file) -> dict[str, int]:
    """The number of rows of each table in a backup."""
    counts, table = {}, ""
    with gzip.open(file, "rt") as lines:
        for value in map(json.loads, lines):
            if isinstance(value, list):
                counts[table] += 1
            elif "table" in value:
                table = value["table"]
                counts[table] = 0
    return counts


@pytest.fixture
def restored_portal(engine_pool, tmp_path):
    """Restore a file into an empty database of an engine, and serve it."""
    servers = []

    def restore(file, engine_name: str, world) -> Server:
        folder = tmp_path / "restored"
        folder.mkdir()
        port = running.free_port()
        environ = running.environment(engine_pool(engine_name).bare("restored"), folder, port)
        assert "Everything holds." in command(environ, "restore", str(file))
        settings = running.config.load(environ)
        servers.append(Server(f"http://127.0.0.1:{port}", settings, environ, folder, world))
        servers[-1].start()
        return servers[-1]

    yield restore
    for server in servers:
        server.kill("web")


@pytest.mark.parametrize("into", ["same", pytest.param("other", marks=pytest.mark.long)])
def test_a_backup_under_load_is_restored_whole_and_can_be_worked_with(
    portal, engine_name, restored_portal, tmp_path, into
):
    file = tmp_path / "backup"
    with Shop(portal).selling() as shop:
        shop.sell(20)
        before = list(shop.answered)
        command(portal.environ, "backup", str(file))
        shop.sell(20)
    assert set(shop.statuses) == {200}, shop.bodies
    counts = counts_in(file)
    assert 20 <= counts["deal"] < len(shop.answered)

    other = "postgresql" if engine_name == "sqlite" else "sqlite"
    restored = restored_portal(file, engine_name if into == "same" else other, portal.world)
    with restored.connected():
        assert {model._meta.table_name: model.select().count() for model in schema.MODELS} == counts
    refuse_losses(restored, before)
    assert sign_in(restored).ok
    again = requests.post(f"{restored.url}/api/deal", json=paid("after"), headers=portal.world.acme.bearer, timeout=60)
    assert again.ok, again.text
    refuse_losses(restored, [*before, "after"])


@pytest.mark.engine("sqlite")
def test_eight_writers_beside_a_backup_never_hear_of_a_lock(portal, tmp_path):
    with Shop(portal, "A").selling() as one, Shop(portal, "B").selling() as other:
        backup = ["flask", "--app", "portal", "backup", str(tmp_path / "all")]
        running_backup = starting.start(backup, ROOT, portal.environ, os.devnull)
        one.sell(16)
        other.sell(16)
        running_backup.join(PATIENCE_SECONDS)
    assert running_backup.exitcode == 0
    assert set(one.statuses + other.statuses) == {200}, one.bodies + other.bodies
    refuse_losses(portal, one.answered + other.answered)
