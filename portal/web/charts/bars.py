"""Standing bars, one or several series on top of each other."""

from collections.abc import Sequence

from markupsafe import Markup

from portal.web import formats
from portal.web.charts.axes import Plane
from portal.web.charts.figure import (
    COUNT,
    DAY,
    Figure,
    Label,
    Number,
    Places,
    Series,
    Write,
    describe,
    figure,
    frame,
    join,
)

WIDEST = 56


def bars(title: str, labels: Sequence[Label], values: Sequence[Number], *, name: str = COUNT, **options) -> Figure:
    """One bar for each label; options are those of `stacked_bars`."""
    return stacked_bars(title, labels, [Series(name, values)], **options)


def stacked_bars(
    title: str,
    labels: Sequence[Label],
    series: Sequence[Series],
    *,
    write: Write = formats.number,
    axis: Write = formats.compact,
    first_column: str = DAY,
) -> Figure:
    """A bar for each label, its parts stacked; parts below zero hang under the line."""

    def draw(narrow: bool) -> Markup:
        plane = Plane.around(_heights(labels, series), axis, narrow)
        slot = plane.inner / max(1, len(labels))
        centres = [plane.left + slot * (place + 0.5) for place in range(len(labels))]
        columns = [
            join(_parts(place, series, plane, centre, min(slot * 0.68, WIDEST))) for place, centre in enumerate(centres)
        ]
        body = join([plane.grid(axis), plane.labels(labels, centres), *columns])
        said = describe(labels, series, write)
        return frame(plane.width, plane.height, narrow, title, said, Places.of(centres), body)

    return figure(draw, title, labels, series, write, first_column=first_column)


def _heights(labels: Sequence[Label], series: Sequence[Series]) -> list[Number]:
    columns = [[row.values[place] or 0 for row in series] for place in range(len(labels))]
    above = [sum(value for value in column if value > 0) for column in columns]
    below = [sum(value for value in column if value < 0) for column in columns]
    return above + below


def _parts(place: int, series, plane: Plane, centre: float, width: float):
    reached = {True: 0, False: 0}
    for number, row in enumerate(series, 1):
        value = row.values[place] or 0
        if not value:
            continue
        start = reached[value > 0]
        reached[value > 0] = start + value
        top, bottom = sorted((plane.y(start), plane.y(start + value)))
        gap = 1 if start else 0
        yield Markup(
            '<rect class="chart-bar series-{}" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}" rx="{}"/>'
        ).format(number, centre - width / 2, top, width, max(0.5, bottom - top - gap), 2 if width > 6 else 0)
