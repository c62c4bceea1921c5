"""What a chart is made of, whatever its kind."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from markupsafe import Markup

from portal.domain.sentences import joined, say
from portal.web import formats

Number = int | float | Decimal
Label = str | date
Write = Callable[[Number | None], str]
DAY, COUNT = say("Day"), say("Count")


@dataclass(frozen=True)
class Series:
    """A named row of values, one for each label; None where nothing is known."""

    name: str
    values: Sequence[Number | None]


@dataclass(frozen=True)
class Figure:
    """A drawn chart: two drawings (for a wide and a narrow place), its legend, and its data as a table, whose rows may lead
    to a page each."""

    title: str
    wide: Markup
    narrow: Markup
    legend: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    is_line: bool = False
    is_empty: bool = False
    links: tuple[str, ...] = ()


def figure(
    draw: Callable[[bool], Markup],
    title: str,
    labels: Sequence[Label],
    series: Sequence[Series],
    write: Write,
    *,
    first_column: str,
    is_line: bool = False,
    links: Sequence[str] = (),
) -> Figure:
    """The figure of a drawing: `draw(narrow)` is called for both sizes."""
    names = tuple(row.name for row in series)
    rows = tuple((text(label), *(write(row.values[place]) for row in series)) for place, label in enumerate(labels))
    is_empty = not any(value for row in series for value in row.values)
    return Figure(title, draw(False), draw(True), names, (first_column, *names), rows, is_line, is_empty, tuple(links))


class Places(NamedTuple):
    """Where the middles of the first and the last label are, from left to right (`x`) or from the top down (`y`)."""

    axis: str
    first: float
    last: float

    @classmethod
    def of(cls, middles: Sequence[float]) -> "Places":
        """Those of labels beside each other."""
        return cls("x", middles[0], middles[-1]) if middles else cls("x", 0, 0)


def frame(width: int, height: int, narrow: bool, title: str, description: str, places: Places, body: Markup) -> Markup:
    """The svg element around a drawing; a reader hears its title and description. By the places js/chart.js tells values."""
    return Markup(
        '<svg class="{}" viewBox="0 0 {} {}" role="img" aria-label="{}" data-axis="{}" data-first="{:.1f}" data-last="{:.1f}">'
        "<desc>{}</desc>{}</svg>"
    ).format(
        "chart-narrow" if narrow else "chart-wide",
        width,
        height,
        joined([title, description], ". "),
        *places,
        description,
        body,
    )


def join(parts) -> Markup:
    """Pieces of a drawing as one."""
    return Markup("").join(parts)


def text(label: Label) -> str:
    """A label in words; days are written without their year."""
    return formats.day_and_month(label) if isinstance(label, date) else label


def describe(labels: Sequence[Label], series: Sequence[Series], write: Write) -> str:
    """The drawing in a sentence: what it spans, and the total and peak of each series."""
    if not labels:
        return say("No data.")
    parts = [say("From {first} to {last}.", first=text(labels[0]), last=text(labels[-1]))]
    for row in series:
        known = [(value, label) for value, label in zip(row.values, labels, strict=True) if value is not None]
        if known:
            peak, place = max(known, key=lambda pair: pair[0])
            parts.append(
                say(
                    "{name}: highest {peak}, {place}; last {last}.",
                    name=row.name, peak=write(peak), place=text(place), last=write(known[-1][0]),
                )
            )  # fmt: skip
    return joined(parts)
