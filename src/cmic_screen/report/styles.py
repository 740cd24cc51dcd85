"""The look of the workbook: named styles, colours and number formats; nothing here reads or decides.

Colours are of the Okabe-Ito palette's family, so that they differ for colour-blind readers, and no colour stands
without its word. Every text style carries quotePrefix: Excel keeps such a cell as text even when it is edited.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side

if TYPE_CHECKING:
    from openpyxl import Workbook

SANS: Final = "Arial"
MONO: Final = "Courier New"
INK: Final = "1F2933"
GREY: Final = "52606D"
NAVY: Final = "16324F"
YELLOW: Final = "FFF7CC"
VERDICTS: Final = {
    # verdict: (fill, ink); ink on fill has a contrast of at least 4.5 to 1
    "PROHIBITED": ("A8320F", "FFFFFF"),
    "UNSCREENED": ("5B2A86", "FFFFFF"),
    "UPCOMING": ("B36B00", "000000"),
    "REVIEW": ("F0C808", "000000"),
    "PERMITTED": ("CFE3F5", "10314F"),
    "SET_ASIDE": ("E4E7EB", "323F4B"),
    "CLEAR": ("DDEFE3", "0B3D20"),
}
FORMATS: Final = {
    "money": "#,##0.00_-;-#,##0.00_-;0.00_-",
    "whole": "#,##0_-;-#,##0_-;0_-",
    "quantity": "#,##0.00####_-;-#,##0.00####_-;0_-",
    "count": "#,##0_-",
    "score": "0.0000_-",
    "date": "yyyy-mm-dd",
    "check": "#,##0.00_-;-#,##0.00_-;0_-",
}
_LINE: Final = Side(style="thin", color="CBD2D9")
_HAIR: Final = Side(style="hair", color="CBD2D9")
_BOX: Final = Border(bottom=_LINE, left=_HAIR, right=_HAIR)
_FRAME: Final = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)


def _style(
    name: str,
    *,
    font: Font | None = None,
    fill: str = "",
    wrap: bool = True,
    right: bool = False,
    form: str = "@",
    border: Border | None = None,
    middle: bool = False,
) -> NamedStyle:
    return NamedStyle(
        name=name,
        font=font or Font(name=SANS, size=9.5, color=INK),
        fill=PatternFill("solid", start_color=fill, end_color=fill) if fill else PatternFill(),
        alignment=Alignment(
            wrap_text=wrap,
            vertical="center" if middle else "top",
            horizontal="right" if right else "left",
        ),
        number_format=form,
        border=border or Border(),
    )


def _font(size: float = 9.5, *, bold: bool = False, color: str = INK, name: str = SANS, line: str = "") -> Font:
    return Font(name=name, size=size, bold=bold, color=color, underline="single" if line else None)


def all_styles() -> list[NamedStyle]:
    """Every style, in a fixed order (the order decides the bytes)."""
    made = [
        _style("title", font=_font(16, bold=True, color=NAVY), wrap=False, middle=True),
        _style("purpose", font=_font(10, color=INK)),
        _style("trail", font=_font(8.5, color=GREY)),
        _style("section", font=_font(11, bold=True, color=NAVY), wrap=False),
        _style("banner", font=_font(11, bold=True, color="000000"), fill="FFE08A", middle=True),
        _style("verdict", font=_font(14, bold=True, color=INK), middle=True),
        _style("overflow", font=_font(8.5, color=GREY), wrap=False),
        _style("note", font=_font(8.5, color=GREY)),
        _style("head", font=_font(9.5, bold=True, color="FFFFFF"), fill=NAVY, border=_FRAME, middle=True),
        _style("text", border=_BOX),
        _style("plain"),
        _style("key", font=_font(9.5, bold=True, color=GREY)),
        _style("card", font=_font(11, bold=True, color="FFFFFF"), fill=NAVY, middle=True),
        _style("cardhead", font=_font(9, bold=True, color=GREY), fill="EEF1F4", border=_BOX),
        _style("id", font=_font(9, name=MONO), border=_BOX),
        _style("idplain", font=_font(9, name=MONO)),
        _style("link", font=_font(9.5, color="0B4F9E", line="single"), border=_BOX),
        _style("linkplain", font=_font(9.5, color="0B4F9E", line="single"), wrap=False),
        _style("input", fill=YELLOW, border=_FRAME),
        _style("input_date", fill=YELLOW, border=_FRAME, form="yyyy-mm-dd"),
        _style("zero", font=_font(9.5, bold=True, color="0B3D20"), fill="DDEFE3", right=True, form=FORMATS["check"]),
        _style("off", font=_font(9.5, bold=True, color="FFFFFF"), fill="A8320F", right=True, form=FORMATS["check"]),
    ]
    made += [_style(n, right=n != "date", form=f, border=_BOX, wrap=False) for n, f in FORMATS.items()]
    made += [
        _style(f"verdict_{v}", font=_font(9.5, bold=True, color=ink), fill=fill, border=_FRAME, wrap=False)
        for v, (fill, ink) in VERDICTS.items()
    ]
    return made


DEFAULT: Final = (SANS, "10")
"""Font and size of an unstyled cell: column widths count its digits, so zipfix writes it over openpyxl's own."""


def register(book: Workbook) -> None:
    """Give the workbook every style by name."""
    for style in all_styles():
        book.add_named_style(style)
