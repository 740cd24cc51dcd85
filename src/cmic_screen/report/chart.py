"""The one chart of the workbook: bars of rows that are not clear, with its numbers in the table beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from openpyxl.chart import BarChart, Reference
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.marker import DataPoint
from openpyxl.chart.shapes import GraphicalProperties

from cmic_screen.report.styles import VERDICTS

if TYPE_CHECKING:
    from collections.abc import Mapping

_ORDER: Final = ("PROHIBITED", "UNSCREENED", "UPCOMING", "REVIEW", "PERMITTED")


def add(sheet: Any, spec: Mapping[str, Any]) -> None:
    """Put the chart of `spec` (place, rows of its table) on the sheet; zipfix adds its alternative text."""
    chart = BarChart()
    chart.type, chart.style, chart.gapWidth = "bar", 10, 40
    chart.legend = None
    size: Any = chart  # centimetres; the stubs know whole ones only
    size.width, size.height = 9.2, 4.2
    first, last = int(spec["first"]), int(spec["last"])
    chart.add_data(Reference(sheet, min_col=2, min_row=first, max_row=last), titles_from_data=False)
    chart.set_categories(Reference(sheet, min_col=1, min_row=first, max_row=last))
    series = chart.series[0]
    for i, name in enumerate(_ORDER):
        point = DataPoint(idx=i, spPr=GraphicalProperties(solidFill=VERDICTS[name][0]))
        series.dPt.append(point)
    series.dLbls = DataLabelList(showVal=True, showSerName=False, showCatName=False, showLegendKey=False)
    chart.y_axis.delete, chart.x_axis.delete = True, False
    chart.y_axis.majorGridlines = None
    chart.x_axis.scaling.orientation = "maxMin"
    sheet.add_chart(chart, str(spec["at"]))
