"""Lines over days."""

from collections.abc import Sequence

from markupsafe import Markup

from portal.web import formats
from portal.web.charts.axes import Plane
from portal.web.charts.figure import DAY, Figure, Label, Number, Places, Series, Write, describe, figure, frame, join


def line(
    title: str,
    labels: Sequence[Label],
    series: Sequence[Series],
    *,
    write: Write = formats.number,
    axis: Write = formats.compact,
    first_column: str = DAY,
) -> Figure:
    """Lines over days or other ordered labels; a single line has its area tinted.

    `write` writes a value in full, `axis` in short."""

    def draw(narrow: bool) -> Markup:
        values = [value for row in series for value in row.values if value is not None]
        plane = Plane.around(values, axis, narrow)
        places = _places(plane, len(labels))
        body = [plane.grid(axis), plane.labels(labels, places)]
        body += [_line(row, place, plane, places, area=len(series) == 1) for place, row in enumerate(series, 1)]
        said = describe(labels, series, write)
        return frame(plane.width, plane.height, narrow, title, said, Places.of(places), join(body))

    return figure(draw, title, labels, series, write, first_column=first_column, is_line=True)


def sparkline(title: str, values: Sequence[Number]) -> Markup:
    """A line without axes, for a tile that has the figure in words beside it."""
    known = list(values) or [0]
    low, high = float(min(known)), float(max(known))
    across = 100 / max(1, len(known) - 1)
    points = [
        (place * across, 30 - (float(value) - low) / ((high - low) or 1) * 28) for place, value in enumerate(known)
    ]
    return Markup(
        '<svg class="sparkline" viewBox="0 0 100 32" preserveAspectRatio="none" role="img" aria-label="{}">'
        '<path class="chart-area series-1" d="{}L100 32L0 32Z"/>'
        '<path class="chart-line series-1" vector-effect="non-scaling-stroke" d="{}"/></svg>'
    ).format(title, _path(points), _path(points))


def _places(plane: Plane, count: int) -> list[float]:
    step = plane.inner / max(1, count - 1)
    return [plane.left + step * place for place in range(count)]


def _line(row: Series, number: int, plane: Plane, places: Sequence[float], *, area: bool) -> Markup:
    drawn = []
    for run in _runs(row, plane, places):
        path = _path(run)
        if area and len(run) > 1:
            base = plane.y(0)
            drawn.append(
                Markup('<path class="chart-area series-{}" d="{}L{:.1f} {:.1f}L{:.1f} {:.1f}Z"/>').format(
                    number, path, run[-1][0], base, run[0][0], base
                )
            )
        drawn.append(Markup('<path class="chart-line series-{}" d="{}"/>').format(number, path))
        if len(run) == 1:
            drawn.append(_mark(number, *run[0]))
    return join(drawn)


def _runs(row: Series, plane: Plane, places: Sequence[float]) -> list[list[tuple[float, float]]]:
    """The unbroken stretches of a line: what is unknown leaves a gap."""
    runs: list[list[tuple[float, float]]] = [[]]
    for value, x in zip(row.values, places, strict=True):
        if value is None:
            runs.append([])
        else:
            runs[-1].append((x, plane.y(value)))
    return [run for run in runs if run]


def _mark(number: int, x: float, y: float) -> Markup:
    return Markup('<circle class="chart-mark series-{}" cx="{:.1f}" cy="{:.1f}" r="4.5"/>').format(number, x, y)


def _path(points: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
