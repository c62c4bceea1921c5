"""Lying bars: a funnel from step to step, and things in the order of their size."""

import itertools
from collections.abc import Sequence

from markupsafe import Markup

from portal.domain.sentences import joined, say, shown
from portal.web import formats
from portal.web.charts.axes import LETTER, WIDTHS
from portal.web.charts.figure import COUNT, Figure, Number, Places, Series, Write, figure, frame, join

_NAME = say("Name")
ROW = 46
BAR = 20


def funnel(title: str, steps: Sequence[tuple[str, Number]], *, write: Write = formats.number) -> Figure:
    """What remains from step to step, each with its share of the step before."""
    notes = [""] + [_share(now, before) for (_, before), (_, now) in itertools.pairwise(steps)]
    return _lying(title, steps, notes, write, say("Step"))


def ranked(
    title: str,
    things: Sequence[tuple[str, Number]],
    *,
    name: str = COUNT,
    write: Write = formats.number,
    first_column: str = _NAME,
    links: Sequence[str] = (),
) -> Figure:
    """Things with long names, one bar each, in the order given; their names in the table are links, where there are some."""
    return _lying(title, things, [""] * len(things), write, first_column, name, links)


def _lying(title, pairs, notes, write: Write, first_column: str, name: str = COUNT, links=()) -> Figure:
    labels = [label for label, _ in pairs]
    series = [Series(name, [value for _, value in pairs])]
    said = joined(
        [joined(filter(None, (label, write(value), note))) for (label, value), note in zip(pairs, notes, strict=True)],
        "; ",
    )

    def draw(narrow: bool) -> Markup:
        width = WIDTHS[narrow]
        highest = max([value for _, value in pairs], default=0) or 1
        rows = [
            _row(place, label, write(value), note, float(value) / float(highest), width)
            for place, ((label, value), note) in enumerate(zip(pairs, notes, strict=True))
        ]
        places = Places("y", ROW / 2, (len(pairs) - 0.5) * ROW)
        return frame(width, max(1, len(pairs)) * ROW, narrow, title, said, places, join(rows))

    return figure(draw, title, labels, series, write, first_column=first_column, links=links)


def _row(place: int, label: str, value: str, note: str, share: float, width: int) -> Markup:
    top = place * ROW
    figures = f"{value}   {note}".strip()
    label = shown(label)
    room = int((width - len(figures) * LETTER - 16) / LETTER)
    named = label if len(label) <= room else label[: room - 1] + "…"
    return Markup(
        '<text class="chart-label" x="0" y="{}">{}</text>'
        '<text class="chart-value" x="{}" y="{}" text-anchor="end">{}</text>'
        '<rect class="chart-track" x="0" y="{}" width="{}" height="{}" rx="4"/>'
        '<rect class="chart-bar series-1" x="0" y="{}" width="{:.1f}" height="{}" rx="4"/>'
    ).format(
        top + 14, named, width, top + 14, figures,
        top + 21, width, BAR, top + 21, max(0, share) * width, BAR,
    )  # fmt: skip


def _share(now: Number, before: Number) -> str:
    return f"({formats.percent(float(now) / float(before) * 100, 1)})" if before else ""
