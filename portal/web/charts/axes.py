"""The plane of a chart: round steps on the y axis, labels on the x axis that do not collide."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from portal.web.charts.figure import Label, Number, Write, join, text

STEPS = (1, 2, 2.5, 5, 10)
WIDTHS = {True: 330, False: 720}  # of the narrow drawing and the wide one
LETTER = 6.8  # the width of a digit of the labels' type, rounded up


def steps(lowest: Number, highest: Number, count: int = 4, whole: bool = True) -> list[Number]:
    """Round values from at or below `lowest` to at or above `highest`, about `count` steps; zero is among them."""
    low, high = Decimal(min(0, lowest)), Decimal(max(0, highest))
    rough = float(high - low) / count or 1.0
    size = 10 ** math.floor(math.log10(rough))
    step = next(factor * size for factor in STEPS if factor * size >= rough * 0.999)
    if whole:
        step = max(1, math.ceil(step))
    first, last = math.floor(float(low) / step), math.ceil(float(high) / step)
    values = [place * step for place in range(first, max(last, first + 1) + 1)]
    return [int(value) if whole else round(value, 10) for value in values]


@dataclass(frozen=True)
class Plane:
    """Where values and places fall in a drawing."""

    width: int
    height: int
    left: float
    ticks: list[Number]
    top: int = 12
    bottom: int = 26
    right: int = 10

    @classmethod
    def around(cls, values: Sequence[Number], write: Write, narrow: bool) -> "Plane":
        """The plane that holds these values, its left margin as wide as the longest label needs."""
        known = list(values) or [0]
        whole = all(value == int(value) for value in known)
        ticks = steps(min(known), max(known), 3 if narrow else 4, whole)
        longest = max(len(write(tick)) for tick in ticks)
        return cls(WIDTHS[narrow], 200 if narrow else 240, longest * LETTER + 12, ticks)

    def y(self, value: Number) -> float:
        """The height of a value."""
        low, high = float(self.ticks[0]), float(self.ticks[-1])
        return self.height - self.bottom - (float(value) - low) / (high - low) * (self.height - self.top - self.bottom)

    @property
    def inner(self) -> float:
        """The width that is drawn on."""
        return self.width - self.left - self.right

    def grid(self, write: Write) -> Markup:
        """The horizontal lines and what they stand for."""
        line = Markup(
            '<line class="{}" x1="{:.1f}" x2="{}" y1="{:.1f}" y2="{:.1f}"/>'
            '<text class="chart-label" x="{:.1f}" y="{:.1f}" text-anchor="end">{}</text>'
        )
        return join(
            line.format(
                "chart-grid" if tick else "chart-base", self.left, self.width - self.right, self.y(tick), self.y(tick),
                self.left - 8, self.y(tick) + 4, write(tick),
            )
            for tick in self.ticks
        )  # fmt: skip

    def labels(self, labels: Sequence[Label], centres: Sequence[float]) -> Markup:
        """As many labels as fit beside each other, evenly chosen; those at the edges stay inside the drawing."""
        words = [text(label) for label in labels]
        every = spacing(words, centres)
        return join(self._label(words[place], centres[place]) for place in range(0, len(words), every))

    def _label(self, word: str, centre: float) -> Markup:
        half = len(word) * LETTER / 2
        x = min(max(centre, half), self.width - half)
        return Markup('<text class="chart-label" x="{:.1f}" y="{}" text-anchor="middle">{}</text>').format(
            x, self.height - 8, word
        )


def spacing(words: Sequence[str], centres: Sequence[float]) -> int:
    """Every how many-th label can be shown without touching the next."""
    if len(words) < 2:
        return 1
    room = abs(centres[1] - centres[0])
    return max(1, math.ceil((max(map(len, words)) * LETTER + 12) / room))
