"""Walks a document's lines and grids and reads every form that stands in grids.

One walk for all families: rows are head rows (labels and values), the header of an
indicator table, indicator rows, or foot rows. A form starts at a title or at a second
«项目名称», and may go on over grids and pages; a grid that is not about targets ends it.
"""

from __future__ import annotations

from collections.abc import Sequence

from scorer.forms import Document, Form, Grid, Line, Place, Problem
from scorer.layouts.grid_continue import remap
from scorer.layouts.grid_header import Heading, read_heading
from scorer.layouts.grid_indicators import has_levels
from scorer.layouts.grid_labels import FOOT, inline_pairs, label_of
from scorer.layouts.grid_open import OpenForm, open_form
from scorer.layouts.grid_preamble import (
    Preamble,
    Said,
    is_furniture,
    is_title,
    is_year,
    names_money_unit,
    understand,
)
from scorer.layouts.grid_slots import (
    Row,
    Slot,
    TooManyCellsError,
    grid_rows,
    joined_rows,
    lines_of,
    split_side_by_side,
)
from scorer.layouts.grid_tell import block_of, concerns, is_head_row, is_note, is_wide, label_names
from scorer.layouts.grid_unmerged import (
    MIN_ROWS,
    grid_of_lines,
    is_aligned,
    restored,
    separator_of,
)
from scorer.layouts.match import Explanation, object_of
from scorer.layouts.words import Words, squeeze


class Walker:
    """Reads the grids of one document. After :meth:`document` holds ``forms``,
    ``problems``, ``explanations`` and ``rest``, the lines that no form took."""

    def __init__(self, path: str, words: Words) -> None:
        self.path = path
        self.words = words
        self.forms: list[Form] = []
        self.problems: list[Problem] = []
        self.explanations: list[Explanation] = []
        self.lines: list[Line] = []
        self.used: set[int] = set()
        self.before = Preamble()
        self.open: OpenForm | None = None
        self.plain = 0  # plain lines since the last row of the open form
        self.tail: Row | None = None  # the last row of the grid before

    @property
    def rest(self) -> list[Line]:
        return [line for n, line in enumerate(self.lines) if n not in self.used]

    def document(self, document: Document) -> None:
        """Walk all pages."""
        run: list[Line] = []
        for page in document.pages:
            for block in page.blocks:
                if run and (isinstance(block, Grid) or separator_of(block) != separator_of(run[0])):
                    self.run(run)
                    run = []
                if isinstance(block, Grid):
                    self.grid(block)
                elif separator_of(block) is not None:
                    run.append(block)
                else:
                    self.line(block)
        self.run(run)
        self.close()

    def run(self, lines: Sequence[Line]) -> None:
        """Lines of tab- or pipe-separated cells: a grid if they are a form's, else text."""
        separator = separator_of(lines[0]) if len(lines) >= MIN_ROWS else None
        if separator is not None:
            grid = grid_of_lines(lines, separator)
            if is_aligned(grid, self.words):
                self.grid(grid)
                return
        self.close()
        for line in lines:
            self.line(line)

    # -- lines ---------------------------------------------------------------------------

    def line(self, line: Line) -> None:
        """A line outside any grid: a title, a labelled line, or other text."""
        self.lines.append(line)
        text = line.text.strip()
        if not text or self._is_noise(text):
            return
        if not self._preamble(line.text, line.place, len(self.lines) - 1):
            if self._wrapped_pair(text):
                return
            self.plain += 1
            self.before.plain += 1
            if self.before.plain > _FAR or len(text) > _LONG_LINE:
                self.before = Preamble()

    def _wrapped_pair(self, text: str) -> bool:
        """The next line of a labelled line that filled its own («年度目标：…»)."""
        before, last = self.before, len(self.lines) - 1
        if not before.pairs or not before.lines or before.lines[-1] != last - 1:
            return False
        if len(self.lines[last - 1].text) < _FULL_LINE:
            return False
        label, said, place = before.pairs[-1]
        before.pairs[-1] = (label, join_wrapped([said, text]), place)
        before.lines.append(last)
        return True

    def _is_noise(self, text: str) -> bool:
        plain = fold(text)
        return bool(
            self.words.watermark.fullmatch(plain) or any(p.search(plain) for p in self.words.noise)
        )

    def _preamble(self, raw: str, place: Place, line: int | None) -> bool:
        """Take a text above or below a table; False if it is nothing of a form's."""
        text = fold(raw).strip()
        squeezed = re.sub(r"\s", "", text)
        if len(text) <= 90 and self._is_title(text):
            self.close()
            self.before = Preamble(raw.strip(), place, year_in(text))
        elif _YEAR_ONLY.match(squeezed):
            self.before.year = year_in(text if "年" in text else f"{text.strip('()')}年")
        elif not self._labelled(raw, place, line):
            return False
        if line is not None:
            self.before.lines.append(line)
        return True

    def _is_title(self, text: str) -> bool:
        """A form's title, or that of a 自评表, which plain text does not read as a form."""
        if self.words.is_title(text):
            return True
        squeezed = squeeze(text)
        review = "绩效" in squeezed and squeezed.endswith("表") and len(squeezed) <= 40
        return review and self.words.kind_of_title(squeezed) == "self_review"

    def _labelled(self, raw: str, place: Place, line: int | None) -> bool:
        """«填报单位：…  单位：万元»; below a form, its foot."""
        unit = _MONEY_UNIT.search(fold(raw))
        if unit:
            self.before.money_unit = unit[1]
            raw = raw[: unit.start()].rstrip(" (（") + " " + raw[unit.end() :].lstrip(" )）")
        pairs = inline_pairs(raw.strip(), self.words)
        if not pairs:
            return unit is not None
        names = {label.name for label, _ in pairs}
        if self.open is not None and self._is_next_form(names):
            self.close()
        foot = self.open is not None and self.open.heading is not None
        if foot and self.open and names <= FOOT | {"unit", "ignored"}:
            for label, text in pairs:
                if label.kind == "field" and label.name != "ignored":
                    self.open.draft.set_text(label.name, text, place)
            if line is not None:
                self.used.add(line)
            return True
        self.before.pairs += [(label, text, place) for label, text in pairs]
        return True

    # -- grids ---------------------------------------------------------------------------

    def grid(self, grid: Grid) -> None:
        """A grid: forms, a part of one, or some other table."""
        try:
            rows = grid_rows(restored(grid, self.words))
        except TooManyCellsError:
            self._problem(
                "表格的合并单元格过多，没有读取",
                "请取消多余的合并单元格后另存再读",
                grid.place,
                "too_many_cells",
            )
            return
        for part in split_side_by_side(rows, self.words):
            self._part(part, grid)

    def _part(self, rows: list[Row], grid: Grid) -> None:
        if not self._concerns(rows) and not self._goes_on(rows, grid):
            if has_levels(rows, self.words):
                self.lines += [Line(text, place) for text, place in lines_of(rows)]
            self.close()
            return
        self._continue_heading(rows)
        self._note_object(rows)
        fresh, skip = self.open is not None, 0
        for n, row in enumerate(rows):
            if skip or not row.filled:
                skip = max(0, skip - 1)
                continue
            above = rows[n - 1] if n else None
            below = rows[n + 1] if n + 1 < len(rows) else None
            skip, is_body = self._row(row, above, below, fresh)
            fresh = fresh and not is_body
        self.plain = 0
        self.tail = next((row for row in reversed(rows) if row.filled), None)

    def _concerns(self, rows: Sequence[Row]) -> bool:
        """True for a grid with a form's title, an indicator header, or a form's labels."""
        labels: set[str] = set()
        # a page may end after the head's first rows: then only the title above says it
        titled = self.before.title is not None and self.open is None
        for n, row in enumerate(rows):
            filled = row.filled
            if filled and self._is_title(filled[0].text) and len(filled) <= 2:
                return True
            below = rows[n + 1] if n + 1 < len(rows) else None
            if filled and read_heading(row, below, None, self.words):
                return True
            for slot in filled[:4]:
                found = label_of(slot.text, self.words)
                pairs = [] if found else inline_pairs(slot.cell.text, self.words)
                labels.update(p.name for p in ([found] if found else [p for p, _ in pairs]))
            if "project" in labels and (titled or len(labels & _FORM_FIELDS) >= 2):
                return True
        return False

    def _goes_on(self, rows: Sequence[Row], grid: Grid) -> bool:
        """True for a grid without marks of its own that continues the open form."""
        if self.open is None:
            return False
        if grid.continues:
            return True
        if self.plain > 2 or self.before.title is not None:
            return False
        labelled = sum(bool(label_of(s.text, self.words)) for row in rows for s in row.filled)
        named = has_levels(rows, self.words) or labelled >= 2
        fits = self.open.heading is not None and remap(self.open.heading, rows, self.words)
        return named or (bool(fits) and self.plain == 0)

    def _continue_heading(self, rows: Sequence[Row]) -> None:
        """Find the open form's columns again in a further grid."""
        form = self.open
        if form is None or form.heading is None:
            return
        moved = remap(form.heading, rows, self.words)
        if moved is not None:
            form.heading = moved

    def _note_object(self, rows: Sequence[Row]) -> None:
        """A table of another object that only its labels tell."""
        texts = [squeeze(s.text) for row in rows for s in row.filled if len(s.text) <= 16]
        if self.open is not None or any(self.words.field_of(t) == "project" for t in texts):
            return
        kind = object_of(texts, self.words)
        if kind:
            self._start(rows[0].slots[0].place if rows and rows[0].slots else Place())
            if self.open is not None and not self.open.other:
                self.open.title_kind = kind

    # -- rows ----------------------------------------------------------------------------

    def _row(self, row: Row, above: Row | None, below: Row | None, fresh: bool) -> tuple[int, bool]:
        """Read one row; (further rows taken, whether it was a row of the body)."""
        filled = row.filled
        if len(filled) <= 2 and self._single(filled[0], row, len(filled)):
            return 0, False
        if self.open is not None and self.open.other:
            if not self._opens_project(row):
                return 0, True
            self.close()
        found = read_heading(row, below, above, self.words)
        if found:
            self._heading(found[0], row, above)
            return found[1] - 1, False
        if self.open is not None and self.open.flat is not None and self.open.heading is not None:
            self.open.flat.take(row, self.open.heading, fresh)
            return 0, True
        if fresh and self._rest_of_row(row):
            return 0, True
        if self._is_head_row(row) or self._goes_on_with_head(row, fresh):
            self._head_row(row)
            return 0, True
        form = self.open
        if form is None or form.heading is None:
            return 0, False
        if not _is_note(row, form.heading):
            form.at_foot = False
            form.table.take(row, form.heading, fresh)
        return 0, True

    def _single(self, slot: Slot, row: Row, filled: int) -> bool:
        """A row of one text: title, year, unit of money, head of a block, labelled line."""
        text = slot.text
        if self.open is not None and filled == 1 and _is_block(text) and len(row.own) == 1:
            self.open.table.start_block(phase_of(text))
            return True
        if filled == 1 and self.words.level1_of(text) and self.open and _is_wide(row, slot):
            self.open.table.level1, self.open.table.level2 = text, {}
            return True
        if self._is_title(text) and (filled == 1 or _MONEY_UNIT.search(fold(row.filled[1].text))):
            taken = self._preamble(text, slot.place, None)
        elif label_of(text, self.words) or filled == 2:
            return False
        else:
            year = _YEAR_ONLY.match(re.sub(r"\s", "", fold(text)))
            in_body = self.open is not None and self.open.heading is not None and not year
            head_cell = self.open is not None and inline_pairs(slot.cell.text, self.words)
            taken = (
                not head_cell
                and not (in_body and len(row.slots) > 1)
                and self._preamble(slot.cell.text, slot.place, None)
            )
        if taken and filled == 2:
            self._preamble(row.filled[1].cell.text, slot.place, None)
        if taken and self.open is not None and not self.open.draft.money_unit:
            self.open.draft.money_unit = self.before.money_unit
        return taken

    def _opens_project(self, row: Row) -> bool:
        return any(
            (label := label_of(slot.text, self.words)) is not None and label.name == "project"
            for slot in row.filled
        ) or any(p.name == "project" for p, _ in inline_pairs(row.filled[0].cell.text, self.words))

    def _is_head_row(self, row: Row) -> bool:
        """A row of labels and values, above the indicators or below them."""
        form = self.open
        if form is None or form.heading is None:
            return True
        first = row.filled[0]
        if self.words.level1_of(first.text) or self.words.level2_of(first.text):
            return False
        label = label_of(first.text, self.words)
        if label is not None and not form.table.rows:
            return True  # a header repeated on a page whose head still goes on
        names = [c.start for half in form.heading.halves for c in half.of("name")]
        if names and first.start >= min(names):
            return False
        if label is not None:
            return label.kind != "amount" or label.name in ("total", "annual")
        return bool(inline_pairs(first.cell.text, self.words)) or form.head.plan is not None

    def _rest_of_row(self, row: Row) -> bool:
        """The rest of the last head or foot row, cut by a page break through its label or
        through its cells."""
        form, tail = self.open, self.tail
        if form is None or tail is None or not tail.filled or has_levels([row], self.words):
            return False
        first, rest = tail.filled[0].text, row.filled[0].text
        if any(label_of(slot.text, self.words) for slot in row.filled):
            return False
        broken = label_of(first, self.words) is None and label_of(first + rest, self.words)
        joined = joined_rows(tail, row) if broken or form.at_foot else None
        if joined is None:
            return False
        form.head.again(joined)
        return True

    def _goes_on_with_head(self, row: Row, fresh: bool) -> bool:
        """Texts that belong to labels above, below a repeated header or after a page break
        inside the foot."""
        form = self.open
        if form is None or has_levels([row], self.words):
            return False
        return (bool(form.head.waiting) and not form.table.rows) or (fresh and form.at_foot)

    def _head_row(self, row: Row) -> None:
        names = {label.name for slot in row.filled if (label := label_of(slot.text, self.words))}
        for slot in row.filled:
            names |= {p.name for p, _ in inline_pairs(slot.cell.text, self.words)}
        if self.open is not None and self._is_next_form(names):
            self.close()
        if self.open is None:
            if not names:
                return
            self._start(row.filled[0].place)
        form = self.open
        assert form is not None
        covers = [slot for slot in row.slots if not slot.origin and slot.text]
        form.at_foot = form.heading is not None
        if not form.head.row(row, covers):
            form.unread.append(row.filled[0].place)

    def _is_next_form(self, names: set[str]) -> bool:
        form = self.open
        if form is None:
            return False
        if "project" in names:
            return "project" in form.draft.texts or form.heading is not None
        return bool(form.table.rows) and bool(names & _NEW_FORM) and not names & FOOT

    def _heading(self, heading: Heading, row: Row, above: Row | None) -> None:
        if self.open is not None and self.open.flat is not None and not heading.flat:
            self.close()
        if self.open is None:
            self._start(row.filled[0].place)
        form = self.open
        assert form is not None
        form.head.waiting = []
        form.head.finish_plan()
        form.heading = heading
        if heading.flat and form.flat is None:
            draft = form.draft
            form.flat = FlatForms(self.words, draft.title, draft.fiscal_year, draft.money_unit)
            if unit := draft.texts.get("unit"):
                form.flat.unit, form.flat.unit_place = unit, draft.places["unit"]
        elif not heading.flat:
            form.table.note_block(row, heading)
            if above is not None and len(above.filled) == 1 and len(heading.halves) == 1:
                text = above.filled[0].text
                if _is_block(text):
                    form.table.start_block(phase_of(text))

    # -- forms ---------------------------------------------------------------------------

    def _start(self, place: Place) -> None:
        before, self.before = self.before, Preamble()
        self.used.update(before.lines)
        kind = self.words.kind_of_title(before.title) if before.title else "project"
        draft = FormDraft(
            "",
            before.title,
            before.place if before.title else place,
            before.year,
            before.money_unit,
            self.words,
        )
        self.open = OpenForm(Head(draft, Sums(self.words)), Indicators(self.words), kind)
        for label, text, where in before.pairs:
            self.open.head.names.add(label.name)
            if label.kind == "field" and label.name != "ignored":
                draft.set_text(label.name, text, where)
            elif label.kind != "field":
                name = label.name or ("annual" if before.year else "total")
                self.open.head.sums.add(name, label.text, text, 0, where)

    def close(self) -> None:
        """The open form, if any, is complete."""
        form, self.open = self.open, None
        if form is None:
            return
        if form.other:
            self._set_aside(form)
        elif form.flat is not None:
            self._close_flat(form, form.flat)
        else:
            self._close_form(form)

    def _set_aside(self, form: OpenForm) -> None:
        name = _OTHER[form.title_kind]
        self._problem(
            f"此处是{name}，未作为项目支出绩效目标表读取",
            "本程序只审核项目支出绩效目标表",
            form.draft.place,
            "other_table",
        )
        self._explain(form, form.draft, Signs(title_kind=form.title_kind))

    def _close_flat(self, form: OpenForm, flat: FlatForms) -> None:
        assert form.heading is not None
        signs = self._signs(form)
        for project in flat.finish():
            project.draft.layout = "H" if form.title_kind == "self_review" else "C"
            self.forms.append(project.draft.finish())
            self._explain(form, project.draft, signs)
        if form.title_kind == "self_review":
            self._note_self_review(form.draft)

    def _close_form(self, form: OpenForm) -> None:
        draft = form.draft
        form.head.finish({row.phase for row in form.table.rows})
        form.table.write(draft)
        if not draft.rows and not (draft.texts.keys() - {"unit", "department", "filled_at"}):
            return  # a title over an empty template, or a stray line of labels
        signs = self._signs(form)
        draft.layout = family_of(signs)
        self.forms.append(draft.finish())
        self._explain(form, draft, signs)
        if draft.layout == "H":
            self._note_self_review(draft)
        self._note_gaps(form)

    def _signs(self, form: OpenForm) -> Signs:
        heading = form.heading
        halves = heading.halves if heading else ()
        names = {column for half in halves for column in half.of("name")}
        explanations = [c for c in heading.columns if c.role == "explanation"] if heading else []
        rows = form.table.rows
        return Signs(
            form.title_kind,
            form.flat is not None,
            len(halves),
            len(names),
            frozenset(form.table.blocks),
            frozenset(form.head.names),
            frozenset(heading.roles() if heading else ()),
            len(explanations),
            frozenset(one for row in rows if (one := self.words.level1_of(row.level1))),
        )

    def _explain(self, form: OpenForm, draft: FormDraft, signs: Signs) -> None:
        columns = (*form.heading.flat, *form.heading.columns) if form.heading else ()
        self.explanations.append(
            Explanation(
                draft.place,
                draft.title,
                draft.texts.get("project"),
                family_of(signs),
                score_layouts(signs),
                tuple((column.text, column.role) for column in columns),
                tuple(f"没有读懂的行：{place.label()}" for place in form.unread),
            )
        )

    def _note_self_review(self, draft: FormDraft) -> None:
        self._problem(
            "此处是绩效自评（监控、评价）表，不是申报表：只读取了年度指标值，实际完成值和得分没有采用",
            "如要审核目标，请提供申报时的绩效目标表",
            draft.place,
            "self_review",
        )

    def _note_gaps(self, form: OpenForm) -> None:
        """Say what a form should have and our reading did not find."""
        draft = form.draft
        missing = []
        if "project" not in draft.asked:
            missing.append("项目名称")
        if form.heading is None:
            missing.append("绩效指标各行")
        if not missing:
            return
        name = draft.texts.get("project") or draft.title or "未读出名称的项目"
        self._problem(
            f"“{name}”的绩效目标表只读出一部分，未找到：{'、'.join(missing)}",
            "请核对原文此处的表格，或提供Excel、Word版本",
            draft.place,
            "partly_read",
        )

    def _problem(self, message: str, remedy: str, place: Place, code: str) -> None:
        self.problems.append(Problem(self.path, message, remedy, place, code))


