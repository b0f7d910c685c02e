"""Views of one tree: terminal, JSON, CSV, workbook, Word, HTML. A report computes nothing."""
