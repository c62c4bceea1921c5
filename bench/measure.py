"""Rounds in which the yardstick and the portal are loaded in turn, so that what disturbs one disturbs both."""

import itertools
from collections.abc import Callable
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from statistics import median

from bench import engines, servers, world
from bench.beside import Beside
from bench.load import Ask, Sample, load
from bench.rows import Row
from bench.slow_phone import Opening
from portal import database
from portal.config import Settings
from portal.domain.events import log

_HELLO = Ask(b"GET / HTTP/1.1\r\nHost: bench\r\n\r\n", 200, b'"world"')
_WARM_UP_SECONDS = 0.5
_YARDSTICK_SHARE = 0.5  # of a row's time, before each of its rounds


@dataclass
class Result:
    """A row on one engine: a sample and the yardstick's rate for each round."""

    row: Row
    samples: list[Sample] = field(default_factory=list)
    yardsticks: list[float] = field(default_factory=list)

    @property
    def ratio(self) -> float:
        """The median over the rounds of the rate as a share of the yardstick's."""
        pairs = zip(self.samples, self.yardsticks, strict=True)
        return median(sample.rate / rate if rate else 0.0 for sample, rate in pairs)

    @property
    def rate(self) -> float:
        """The median of the requests a second."""
        return median(sample.rate for sample in self.samples)

    @property
    def errors(self) -> int:
        """Wrong or missing answers."""
        return sum(sample.errors for sample in self.samples)

    @property
    def first_error(self) -> str:
        """What the first wrong answer began with."""
        return next((sample.first_error for sample in self.samples if sample.errors), "")

    def kept(self, smaller: "Result") -> float:
        """The median over the rounds of the rate as a share of that on the smaller database, loaded just before."""
        pairs = zip(self.samples, smaller.samples, strict=True)
        return median(sample.rate / before.rate if before.rate else 0.0 for sample, before in pairs)

    def milliseconds(self, share: float) -> float:
        """The latency that this share of all answers did not exceed."""
        latencies = sorted(itertools.chain.from_iterable(sample.latencies for sample in self.samples))
        return latencies[min(int(len(latencies) * share), len(latencies) - 1)] * 1000 if latencies else 0.0


@dataclass
class Report:
    """One engine's rows."""

    engine: str
    processes: int
    threads: int
    deals: int
    results: list[Result]
    beside: list[Beside | Opening]


@dataclass
class _Portal:
    """A portal that serves a filled database."""

    settings: Settings
    filled: world.World
    environ: dict[str, str]
    folder: Path

    def beside(self, row: Row, recipients: int, seconds: float) -> Beside | Opening:
        """What the row measures once."""
        assert row.beside
        with _connected(self.settings):
            return row.beside(self.filled, self.settings, self.environ, self.folder, recipients, seconds)


def measure(
    engine: str, rows: list[Row], sizes: list[int], seconds: float, rounds: int, parent: str, recipients: int
) -> list[Report]:
    """Start a portal for each size of database and the yardstick, load them in turn, and end them; a report a size."""
    with ExitStack() as stack:
        path = stack.enter_context(engines.folder(parent))
        portals = [_started(stack, engine, path / str(deals), deals) for deals in sizes]
        settings, yardstick_port = portals[0].settings, servers.free_port()
        stack.enter_context(servers.yardstick(settings, yardstick_port, path / "yardstick.log"))
        usual = [row for row in rows if row.beside is None]
        results = _in_turn(usual, portals, yardstick_port, seconds, rounds)
        besides = [[portal.beside(row, recipients, seconds) for row in rows if row.beside] for portal in portals]
    return [
        Report(
            engine,
            settings.web_processes,
            settings.web_threads,
            deals,
            [result[place] for result in results],
            besides[place],
        )
        for place, deals in enumerate(sizes)
    ]


def _started(stack: ExitStack, engine: str, path: Path, deals: int) -> _Portal:
    path.mkdir(mode=0o755)
    port = servers.free_port()
    settings, environ = stack.enter_context(engines.migrated(engine, path, port))
    filled = world.fill(deals)
    stack.enter_context(servers.portal(settings, environ, path / "portal.log"))
    filled.cookie = world.sign_in(port)
    return _Portal(settings, filled, environ, path)


def _in_turn(rows, portals: list[_Portal], yardstick_port: int, seconds: float, rounds: int) -> list[list[Result]]:
    """For each row a result of each portal. A round of a row loads the yardstick and then every portal."""
    results = [[Result(row) for _ in portals] for row in rows]
    samplers = [[_sampler(row, portal) for portal in portals] for row in rows]
    hello = itertools.repeat(_HELLO)
    warm_up = min(_WARM_UP_SECONDS, seconds)
    load(yardstick_port, hello, warm_up)
    for sample in itertools.chain.from_iterable(samplers):
        sample(warm_up)
    for _ in range(rounds):
        for of_row, of_portals in zip(results, samplers, strict=True):
            rate = load(yardstick_port, hello, seconds * _YARDSTICK_SHARE).rate
            for result, sample in zip(of_row, of_portals, strict=True):
                result.yardsticks.append(rate)
                result.samples.append(sample(seconds))
            if of_row[0].row.leaves_events:
                for portal in portals:
                    _work_off(portal.settings)
    return results


def _sampler(row: Row, portal: _Portal) -> Callable[[float], Sample]:
    """What loads the portal with the row's work for so many seconds."""
    if row.asks is None:
        return partial(_worked, portal, row.works)
    return partial(load, portal.settings.port, row.asks(portal.filled))


def _worked(portal: _Portal, works, seconds: float) -> Sample:
    """The worker's own work, here, for it does not run."""
    with _connected(portal.settings):
        return works(portal.filled, seconds)


def _work_off(settings: Settings) -> None:
    """Give events their positions between the samples, as the worker does; it does not run, so that it disturbs none."""
    with _connected(settings):
        while log.give_positions() == log.TOGETHER:
            pass


@contextmanager
def _connected(settings: Settings):
    database.connect(settings)
    yield
    database.drop_connection()
