"""Reporting: from a finished `ScreeningRun` to the record (JSON), workbook (xlsx), csv, mail text and evidence pack.

Nothing is judged here. Outputs are written to a temporary folder and renamed, so that they are whole or absent;
`verify` and `explain` read what this package wrote. openpyxl is imported only when a workbook is written.
"""
