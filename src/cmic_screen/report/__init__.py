"""The report room: a finished `ScreeningRun` comes in; record (JSON), workbook (xlsx), csv, mail and pack go out.

Nothing is judged here, no file but the outputs is touched (verify and explain read what this room wrote), and an output
is written beside and renamed: whole or not at all. Heavy libraries (openpyxl) are imported when a workbook is drawn.
"""
