"""The abstract document: lines and sheets of spanned cells, before any file format."""

from __future__ import annotations

from dataclasses import dataclass, field, replace


@dataclass(frozen=True)
class SheetCell:
    """One cell at its top left slot; rows and columns count from 0."""

    text: str
    row: int
    column: int
    row_span: int = 1
    col_span: int = 1


@dataclass(frozen=True)
class Sheet:
    """One table. ``widths`` are relative; ``header_rows`` (first, past last) may be repeated
    on every page by writers that know pages."""

    cells: tuple[SheetCell, ...]
    widths: tuple[float, ...]
    n_rows: int
    header_rows: tuple[int, int] = (0, 0)

    @property
    def n_columns(self) -> int:
        return len(self.widths)

    def matrix(self) -> list[list[str]]:
        """Texts by slot, a merged cell at its top left only."""
        rows = [[""] * self.n_columns for _ in range(self.n_rows)]
        for cell in self.cells:
            rows[cell.row][cell.column] = cell.text
        return rows

    def mapped(self, change: dict[tuple[int, int], str]) -> Sheet:
        """The same sheet with the texts at these slots replaced."""
        cells = tuple(replace(c, text=change.get((c.row, c.column), c.text)) for c in self.cells)
        return replace(self, cells=cells)


@dataclass(frozen=True)
class PageBreak:
    """A new page or worksheet starts here."""

    name: str = ""


Block = str | Sheet | PageBreak


@dataclass(frozen=True)
class Span:
    """A cell to be placed: its text and spans."""

    text: str
    columns: int = 1
    rows: int = 1


@dataclass
class SheetBuilder:
    """Places cells row by row in the next free slots, as an HTML table does."""

    widths: tuple[float, ...]
    cells: list[SheetCell] = field(default_factory=list)
    taken: set[tuple[int, int]] = field(default_factory=set)
    row: int = 0
    header: tuple[int, int] = (0, 0)

    def add(self, *spans: str | Span) -> None:
        """One row, left to right; slots held from above by row spans are stepped over."""
        column = 0
        for item in spans:
            span = item if isinstance(item, Span) else Span(item)
            while (self.row, column) in self.taken:
                column += 1
            self.cells.append(SheetCell(span.text, self.row, column, span.rows, span.columns))
            for r in range(span.rows):
                for c in range(span.columns):
                    self.taken.add((self.row + r, column + c))
            column += span.columns
        self.row += 1

    def mark_header(self, rows: int) -> None:
        """The last ``rows`` rows are the head that may be repeated on each page."""
        self.header = (self.row - rows, self.row)

    def build(self) -> Sheet:
        """The finished sheet; every slot must be covered exactly once."""
        expected = {(r, c) for r in range(self.row) for c in range(len(self.widths))}
        covered = [
            (cell.row + r, cell.column + c)
            for cell in self.cells
            for r in range(cell.row_span)
            for c in range(cell.col_span)
        ]
        if len(covered) != len(expected) or set(covered) != expected:
            raise ValueError(f"cells do not tile the sheet: {sorted(expected ^ set(covered))[:5]}")
        return Sheet(tuple(self.cells), self.widths, self.row, self.header)
