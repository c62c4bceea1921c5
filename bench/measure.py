"""Rounds in which the yardstick and the portal are loaded in turn, so that what disturbs one disturbs both."""

import itertools
from contextlib import ExitStack
from dataclasses import dataclass, field
from statistics import median

from bench import engines, servers, world
from bench.load import Ask, Sample, load
from bench.rows import Row

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


def measure(engine: str, rows: list[Row], deals: int, seconds: float, rounds: int, parent: str) -> Report:
    """Start both servers on a filled database of the engine, load them in turn, and end them."""
    with ExitStack() as stack:
        path = stack.enter_context(engines.folder(parent))
        portal_port, yardstick_port = servers.free_port(), servers.free_port()
        settings, environ = stack.enter_context(engines.migrated(engine, path, portal_port))
        filled = world.fill(deals)
        stack.enter_context(servers.yardstick(settings, yardstick_port, path / "yardstick.log"))
        stack.enter_context(servers.portal(settings, environ, path / "portal.log"))
        filled.cookie = world.sign_in(portal_port)
        results = _in_turn(rows, filled, portal_port, yardstick_port, seconds, rounds)
    return Report(engine, settings.web_processes, settings.web_threads, deals, results)


def _in_turn(rows, filled, portal_port: int, yardstick_port: int, seconds: float, rounds: int) -> list[Result]:
    results = [Result(row) for row in rows]
    asks = {row.name: row.asks(filled) for row in rows}
    hello = itertools.repeat(_HELLO)
    warm_up = min(_WARM_UP_SECONDS, seconds)
    load(yardstick_port, hello, warm_up)
    for result in results:
        load(portal_port, asks[result.row.name], warm_up)
    for _ in range(rounds):
        for result in results:
            result.yardsticks.append(load(yardstick_port, hello, seconds * _YARDSTICK_SHARE).rate)
            result.samples.append(load(portal_port, asks[result.row.name], seconds))
    return results
