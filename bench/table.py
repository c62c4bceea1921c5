"""The results as a table for people and as JSON for programs."""

from dataclasses import asdict
from statistics import median

from bench.engines import SHARE_OF_BAR, SHOWN
from bench.measure import Report, Result


def reach(result: Result, engine: str) -> float | None:
    """The ratio that the row has to reach on the engine."""
    return None if result.row.reach is None else result.row.reach * SHARE_OF_BAR[engine]


def printed(report: Report, smallest: Report) -> str:
    """One size's table; unless it is the smallest itself, with how much of each rate there is kept."""
    yardsticks = [rate for result in report.results for rate in result.yardsticks]
    is_larger = report is not smallest
    lines = [
        f"{SHOWN[report.engine]}, {report.deals:,} deals; {report.processes} processes of {report.threads} threads; "
        f"yardstick {median(yardsticks or [0]):,.0f} requests/s = 1.000",
        f"{'work':<42}{'ratio':>7}{'reach':>7}{'':>8}{'req/s':>8}{'p50 ms':>9}{'p99 ms':>9}{'errors':>8}"
        + (f"{'kept':>7}" if is_larger else ""),
    ]
    for result, before in zip(report.results, smallest.results, strict=True):
        lines.append(_line(result, report.engine) + (f"{result.kept(before):>7.2f}" if is_larger else ""))
    lines += [f"  {result.row.name}: {result.first_error!r}" for result in report.results if result.errors]
    return "\n".join(lines + [str(one) for one in report.beside])


def as_json(report: Report) -> dict:
    """The same, with every round."""
    return {
        "engine": report.engine,
        "processes": report.processes,
        "threads": report.threads,
        "deals": report.deals,
        "beside": [asdict(one) | {"ratio": round(one.ratio, 4)} for one in report.beside],
        "rows": [_row(result, report.engine) for result in report.results],
    }


def _line(result: Result, engine: str) -> str:
    least = reach(result, engine)
    mark = "" if least is None else "reached" if result.ratio >= least else "MISSED"
    shown = "" if least is None else f"{least:.3f}"
    times = f"{result.milliseconds(0.5):>9.2f}{result.milliseconds(0.99):>9.1f}"
    return f"{result.row.name:<42}{result.ratio:>7.3f}{shown:>7}{mark:>8}{result.rate:>8,.0f}{times}{result.errors:>8}"


def _row(result: Result, engine: str) -> dict:
    return {
        "name": result.row.name,
        "ratio": round(result.ratio, 4),
        "reach": reach(result, engine),
        "requests_per_second": round(result.rate, 1),
        "p50_ms": round(result.milliseconds(0.5), 3),
        "p99_ms": round(result.milliseconds(0.99), 3),
        "errors": result.errors,
        "rounds": [
            {"requests_per_second": round(sample.rate, 1), "yardstick": round(rate, 1)}
            for sample, rate in zip(result.samples, result.yardsticks, strict=True)
        ],
    }
