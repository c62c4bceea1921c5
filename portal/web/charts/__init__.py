"""Charts drawn by the server as SVG: themed by classes alone, described in words, each with its data as a table.

A chart is a Figure, shown by the macro `chart` of templates/ui/chart.html."""

from portal.web.charts.bars import bars, stacked_bars
from portal.web.charts.figure import Figure, Series
from portal.web.charts.line import line, sparkline
from portal.web.charts.ranks import funnel, ranked

__all__ = ["Figure", "Series", "bars", "funnel", "line", "ranked", "sparkline", "stacked_bars"]
