"""`python -m bench`: how the portal does against a Flask hello world, in one run on one machine."""

import argparse
import json
import signal
import sys
from pathlib import Path

from bench import engines, table
from bench.measure import measure
from bench.rows import ROWS

_LOAD_BUDGET_SECONDS, _LONGEST_SAMPLE_SECONDS = 170, 2.0


def main(arguments: list[str] | None = None) -> int:
    """Measure and print; 1 when a request failed. A ratio that is missed is marked, no more: machines differ."""
    chosen = _arguments(arguments)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # Unwinds, so that every server is ended.
    rows = [row for row in ROWS if not chosen.row or any(name in row.name for name in chosen.row)]
    names = chosen.engine or engines.available()
    seconds = chosen.seconds or _fair_share(len(names) * len(chosen.deals) * len(rows) * chosen.rounds)
    reports = []
    for name in names:
        of_engine = measure(name, rows, chosen.deals, seconds, chosen.rounds, chosen.folder, chosen.recipients)
        for report in of_engine:
            print(table.printed(report, of_engine[0]), end="\n\n", flush=True)
        reports += of_engine
    if chosen.json:
        chosen.json.write_text(json.dumps([table.as_json(report) for report in reports], indent=2) + "\n")
    return int(any(one.errors for report in reports for one in (*report.results, *report.beside)))


def _fair_share(samples: int) -> float:
    """Seconds a sample, so that the whole run stays bounded however many rows there are; the yardstick takes half more."""
    return min(_LONGEST_SAMPLE_SECONDS, _LOAD_BUDGET_SECONDS / (samples * 1.5))


def _arguments(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__, allow_abbrev=False)
    parser.add_argument(
        "--engine", action="append", choices=list(engines.SHOWN), help="only this engine; may be repeated"
    )
    parser.add_argument(
        "--row", action="append", metavar="NAME", help="only rows whose name has this in it; may be repeated"
    )
    parser.add_argument(
        "--deals",
        type=_sizes,
        default=[10_000],
        metavar="N[,N]",
        help="deals in the database (10000); of several sizes, each is compared with the smallest",
    )
    parser.add_argument("--seconds", type=float, help="length of each sample; by default what fits into four minutes")
    parser.add_argument("--rounds", type=int, default=5, help="samples of each row, of which the median counts (5)")
    parser.add_argument("--recipients", type=int, default=10_000, help="of the push beside the web (10000)")
    parser.add_argument("--folder", default="/var/tmp", help="where the databases are made, on a disk (/var/tmp)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every figure there as well")
    chosen = parser.parse_args(arguments)
    if chosen.row and not any(name in row.name for name in chosen.row for row in ROWS):
        parser.error("no row has such a name; there are: " + "; ".join(row.name for row in ROWS))
    return chosen


def _sizes(text: str) -> list[int]:
    """Numbers of deals, the smallest first."""
    sizes = sorted(int(size) for size in text.split(","))
    if sizes[0] < 1:
        raise ValueError(text)
    return sizes


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
