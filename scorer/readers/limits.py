"""Hard limits of every reader, in one place. Beyond them a file ends as a problem.

Sizes are in bytes, times in seconds. The limits are far above any real budget
document (a county's largest PDF has some 600 pages and 40 MB).
"""

from __future__ import annotations

MB = 1024 * 1024

# One input.
MAX_FILE_BYTES = 300 * MB
MAX_SECONDS = 120.0  # checked between pages, sheets and archive members
MAX_LINES = 2_000_000
MAX_LINE_CHARS = 200_000  # a longer physical line is no text a person wrote

# Grids.
MAX_CELLS = 3_000_000  # cells of one document
MAX_TABLE_CELLS = 1_000_000  # slots of one table
MAX_MERGES = 100_000  # merged ranges of one sheet
MAX_SHEET_ROWS, MAX_SHEET_COLUMNS = 1_048_576, 16_384  # of any spreadsheet program
MAX_SPAN = 20_000  # rowspan or colspan of one HTML or Word cell
MAX_CELL_CHARS = 32_767  # what a spreadsheet cell can hold
MAX_NESTING = 20  # tables inside tables

# PDF and pictures.
MAX_PAGES = 3_000
MAX_PAGE_CHARS = 60_000
MAX_PAGE_OBJECTS = 60_000
MAX_STREAM_BYTES = 40 * MB  # of one unpacked stream; a scanned page has some 9 MB
MAX_OCR_PAGES = 200
MAX_PIXELS = 60_000_000
OCR_DPI = 200
OCR_SECONDS_A_PAGE = 60.0

# Archives and mail.
MAX_MEMBERS = 5_000
MAX_UNPACKED_BYTES = 600 * MB
MAX_RATIO = 200  # unpacked to packed, for members above MIN_RATIO_BYTES
MIN_RATIO_BYTES = 8 * MB
MAX_DEPTH = 3
MAX_PART_BYTES = 200 * MB  # one XML part inside DOCX, XLSX, ODS

# LibreOffice.
OFFICE_SECONDS = 90.0
