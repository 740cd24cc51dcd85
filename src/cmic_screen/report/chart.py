"""The charts of the workbook: bars of rows that are not clear, columns of the trend; each draws a table's cells.

Nothing is counted here. Colours are those of the verdicts; zipfix adds the alternative text (pains D10).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from openpyxl.chart import BarChart, Reference
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.legend import Legend
from openpyxl.chart.marker import DataPoint
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText
from openpyxl.drawing.text import CharacterProperties, Paragraph, ParagraphProperties

from cmic_screen.report.styles import VERDICTS

if TYPE_CHECKING:
    from collections.abc import Mapping

_ORDER: Final = ("PROHIBITED", "UNSCREENED", "UPCOMING", "REVIEW", "PERMITTED")


def add(sheet: Any, spec: Mapping[str, Any]) -> None:
    """Put the chart of `spec` (its place `at`, and the cells that it draws) on the sheet."""
    made = _columns(spec) if spec.get("kind") == "columns" else _bars(sheet, spec)
    sheet.add_chart(made, str(spec["at"]))


def _columns(spec: Mapping[str, Any]) -> BarChart:
    """Prohibited and to review side by side, a pair a run; the series' names are their columns' headers."""
    chart = BarChart()
    chart.type, chart.style, chart.gapWidth, chart.overlap = "col", 10, 60, 0
    size: Any = chart  # centimetres; the stubs know whole ones only
    size.width, size.height = 10.2, 3.7
    for place in spec["series"]:
        chart.add_data(Reference(range_string=place), titles_from_data=True)
    chart.set_categories(Reference(range_string=spec["categories"]))
    for series, name in zip(chart.series, ("PROHIBITED", "REVIEW"), strict=True):
        series.graphicalProperties = GraphicalProperties(solidFill=VERDICTS[name][0])
    chart.legend = Legend(legendPos="t", txPr=_small())
    chart.x_axis.delete, chart.y_axis.delete = False, False
    chart.x_axis.txPr, chart.y_axis.txPr = _small(), _small()
    chart.y_axis.number_format, chart.y_axis.numFmt.sourceLinked = "#,##0", False
    return chart


def _small() -> RichText:
    """Seven points: a dozen periods stand side by side."""
    small = ParagraphProperties(defRPr=CharacterProperties(sz=700))
    return RichText(p=[Paragraph(pPr=small, endParaRPr=CharacterProperties(sz=700))])


def _bars(sheet: Any, spec: Mapping[str, Any]) -> BarChart:
    """Rows by verdict, from the table beside it."""
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
    return chart
