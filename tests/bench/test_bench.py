"""The benchmark keeps working: it starts what it measures, checks every answer and ends what it started."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bench.rows import ROWS

ROOT = Path(__file__).parent.parent.parent


def _bench(folder: Path, *arguments: str) -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", "bench", "--engine", "sqlite", "--folder", str(folder), *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)


def test_a_row_is_measured_against_the_yardstick_and_nothing_stays_behind(tmp_path):
    figures = tmp_path / "figures.json"
    tiny = ("--deals", "50", "--seconds", "0.2", "--rounds", "1", "--json", str(figures))

    done = _bench(tmp_path, "--row", "deal create", *tiny)

    assert done.returncode == 0, done.stdout + done.stderr
    assert "deal create with attribution and reward" in done.stdout
    (row,) = json.loads(figures.read_text())[0]["rows"]
    assert row["errors"] == 0 and row["ratio"] > 0
    assert list(tmp_path.iterdir()) == [figures]


@pytest.mark.long
def test_the_web_is_measured_beside_a_worker_that_sends_a_push(tmp_path):
    figures = tmp_path / "figures.json"
    tiny = ("--deals", "50", "--seconds", "0.2", "--rounds", "1", "--recipients", "30", "--json", str(figures))

    done = _bench(tmp_path, "--row", "beside the web", *tiny)

    assert done.returncode == 0, done.stdout + done.stderr
    (one,) = json.loads(figures.read_text())[0]["beside"]
    assert (one["recipients"], one["sent"], one["errors"]) == (30, 30, 0) and one["ratio"] > 0
    assert one["memory_most"] >= one["memory_first"] > 0
    assert list(tmp_path.iterdir()) == [figures]


@pytest.mark.long
def test_the_counter_is_opened_on_a_slow_phone(tmp_path):
    figures = tmp_path / "figures.json"
    tiny = ("--deals", "50", "--seconds", "0.2", "--rounds", "1", "--json", str(figures))

    done = _bench(tmp_path, "--row", "slow phone", *tiny)

    assert done.returncode == 0, done.stdout + done.stderr
    (one,) = json.loads(figures.read_text())[0]["beside"]
    assert one["first_error"] == "" and one["usable"].keys() == one["yardstick"].keys() == {"slow 4G", "slow 3G"}
    assert one["usable"]["slow 4G"] > 2 * 0.15 and one["usable"]["slow 3G"] > 2 * 0.4  # The page, and what dresses it.


def test_an_unknown_row_is_refused_with_the_names_there_are(tmp_path):
    done = _bench(tmp_path, "--row", "no such thing")

    assert done.returncode == 2
    assert all(row.name in done.stderr for row in ROWS)
