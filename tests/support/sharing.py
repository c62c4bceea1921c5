"""How the tests are shared out among the processes that run them: by file, and what shares a server stays together."""

import importlib
from pathlib import Path

from xdist.scheduler import LoadScopeScheduling

_TESTS = Path(__file__).parent.parent
# The long ones begin, so that nobody waits for them at the end.
_FIRST = ("browser", "races", "faults", "properties", "bench", "")  # And what stands in no folder.
_TOGETHER = ("browser", "races")
_APART = ("faults",)  # Each has servers of its own.
_ON_BOTH = ("tests/api/test_fuzzed.py",)  # What it makes up for one engine is of use for the other.


class Shares(LoadScopeScheduling):
    """Whoever is free takes the next share, in the order in which the tests were collected."""

    def __init__(self, config, log):
        super().__init__(config, log)
        config.option.loadscopereorder = False

    def _split_scope(self, nodeid: str) -> str:
        return share_of(nodeid)


def share_of(nodeid: str) -> str:
    """The name of the share that a test belongs to."""
    folder, engine = folder_of(nodeid), "postgresql" if "[postgresql" in nodeid else "sqlite"
    if folder in _APART:
        return nodeid
    if nodeid.partition("::")[0] in _ON_BOTH:
        return nodeid.partition("::")[0]
    return f"{folder if folder in _TOGETHER else nodeid.partition('::')[0]} {engine}"


def folder_of(nodeid: str) -> str:
    """The folder below tests/ that a test stands in; empty when it stands in none."""
    folders = nodeid.partition("::")[0].split("/")[1:-1]
    return folders[0] if folders else ""


def turn_of(item) -> int:
    """Where a test stands in the order."""
    folder = folder_of(item.nodeid)
    return _FIRST.index(folder) if folder in _FIRST else len(_FIRST)


def read_a_share(config) -> None:
    """Read this process's share of all tests before they are collected.

    Pytest rewrites the assertions of what was never read, and keeps it. All begin at once: in the same order, each would
    rewrite every module.
    """
    worker = getattr(config, "workerinput", None)
    if worker and [Path(given).resolve() for given in config.args] == [_TESTS]:
        files = sorted(_TESTS.rglob("test_*.py"))
        for path in files[int(worker["workerid"].removeprefix("gw")) :: worker["workercount"]]:
            importlib.import_module(".".join(path.relative_to(_TESTS.parent).with_suffix("").parts))
