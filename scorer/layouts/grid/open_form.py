"""The form under way, and what is said of it once it is complete."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from scorer.forms import Form, Place, Problem
from scorer.layouts.draft import FormDraft
from scorer.layouts.grid.flat import FlatForms
from scorer.layouts.grid.form_head import Head
from scorer.layouts.grid.header_row import Heading
from scorer.layouts.grid.indicator_rows import Indicators
from scorer.layouts.grid.labels import FOOT
from scorer.layouts.grid.money import Sums
from scorer.layouts.grid.preamble import Preamble
from scorer.layouts.match import Explanation, Signs, family_of, score_layouts
from scorer.layouts.words import Words

OTHER = {"whole_unit": "部门（单位）整体支出绩效目标表", "transfer": "转移支付（区域）绩效目标表"}
_NEW_FORM = frozenset(("department", "unit", "attribute"))
_SLIGHT = frozenset(("unit", "department", "filled_at"))


@dataclass
class OpenForm:
    """The form under way. ``title_kind`` is what its title is about (see
    ``Words.kind_of_title``); ``at_foot`` is True below the indicators."""

    head: Head
    table: Indicators
    title_kind: str
    heading: Heading | None = None
    flat: FlatForms | None = None
    at_foot: bool = False
    unread: list[Place] = field(default_factory=list)

    @property
    def draft(self) -> FormDraft:
        return self.head.draft

    @property
    def other(self) -> bool:
        """True for a table of another object than a project."""
        return self.title_kind in OTHER

    def ends_before(self, names: set[str]) -> bool:
        """True if a row with these labels starts the next form."""
        if "project" in names:
            return "project" in self.draft.texts or self.heading is not None
        return bool(self.table.rows) and bool(names & _NEW_FORM) and not names & FOOT

    def set_heading(self, heading: Heading) -> None:
        """The header of an indicator table: the first, a repeated one, or a second block's."""
        self.head.waiting = []
        self.head.finish_plan()
        self.heading = heading
        if heading.flat and self.flat is None:
            draft = self.draft
            self.flat = FlatForms(draft.words, draft.title, draft.fiscal_year, draft.money_unit)
            if unit := draft.texts.get("unit"):
                self.flat.unit, self.flat.unit_place = unit, draft.places["unit"]
                self.flat.above = (unit, draft.places["unit"])
            if department := draft.texts.get("department"):
                self.flat.department = (department, draft.places["department"])

    def finish(self) -> list[Form]:
        """The forms read: one, a flat list's many, or none for a stray row of labels."""
        if self.other:
            return []
        if self.flat is not None:
            return self._finish_flat(self.flat)
        draft = self.draft
        self.head.finish({row.phase for row in self.table.rows})
        self.table.write(draft)
        # A budget table's head also says «项目名称»: alone, it makes no form.
        bare = _SLIGHT if draft.title or self.heading else _SLIGHT | {"project"}
        if not draft.rows and not draft.texts.keys() - bare:
            return []  # a title over an empty template, or a stray line of labels
        draft.layout = family_of(self.signs())
        return [draft.finish()]

    def blank(self) -> Form | None:
        """The official form that nobody has filled in, after :meth:`finish` gave no form; None
        for a stray row of labels."""
        if self.other or self.heading is None:
            return None
        draft = self.draft
        if self.flat is not None:
            for name, place in self.flat.unnamed.items():
                draft.ask(name, place)
            self.flat.unclaimed.write(draft)
        if "project" not in draft.asked or not draft.spare:
            return None
        draft.layout = family_of(self.signs())
        return draft.finish()

    def _finish_flat(self, flat: FlatForms) -> list[Form]:
        forms = []
        for project in flat.finish():
            project.draft.layout = "H" if self.title_kind == "self_review" else "C"
            forms.append(project.draft.finish())
        return forms

    def signs(self) -> Signs:
        """What was seen of the table, for telling its family."""
        heading = self.heading
        halves = heading.halves if heading else ()
        columns = heading.columns if heading else ()
        words = self.draft.words
        found = {words.level1_of(row.level1) for row in self.table.rows}
        return Signs(
            title_kind=self.title_kind,
            flat=self.flat is not None,
            halves=len(halves),
            own_names=len({column for half in halves for column in half.of("name")}),
            blocks=frozenset(self.table.blocks),
            names=frozenset(self.head.names),
            roles=frozenset(column.role for column in columns),
            explanations=sum(column.role == "explanation" for column in columns),
            level1=frozenset(one for one in found if one),
        )

    def explanation(self, form: Form | None) -> Explanation:
        """How the table was understood; ``form`` is None for a table set aside."""
        signs = self.signs()
        columns = (*self.heading.flat, *self.heading.columns) if self.heading else ()
        return Explanation(
            form.place if form else self.draft.place,
            self.draft.title,
            form.project if form else None,
            family_of(signs),
            score_layouts(signs),
            tuple((column.text, column.role) for column in columns),
            tuple(f"没有读懂的行：{place.label()}" for place in self.unread),
        )

    def problems(self, path: str, forms: Sequence[Form]) -> list[Problem]:
        """What our reading of this table could not do, or did otherwise than asked."""
        place = self.draft.place
        if self.other:
            message = f"此处是{OTHER[self.title_kind]}，未作为项目支出绩效目标表读取"
            return [Problem(path, message, "本程序只审核项目支出绩效目标表", place, "other_table")]
        found = []
        if any(form.layout == "H" for form in forms):
            found.append(self_review(path, place))
        if forms and self.flat is None:
            found += self._gaps(path)
        if forms and self.table.shared_out:
            found.append(
                Problem(
                    path,
                    "二级指标的单元格没有合并，各行归哪一类是按位置和文字推断的",
                    "请核对各行的二级指标，或把同一类的单元格合并后再读",
                    place,
                    "doubtful_levels",
                    lost=False,
                )
            )
        if forms and self._unit_in_doubt():
            found.append(
                Problem(
                    path,
                    "表里没有写明金额单位，已按元读取；数字这样小，多半是万元",
                    "请在表头或资金栏注明“单位：万元”后再读，并核对金额",
                    place,
                    "money_unit",
                )
            )
        return found

    def _unit_in_doubt(self) -> bool:
        """Whether the amounts may be 万元 without saying so."""
        if self.flat is None:
            return self.head.sums.unit_in_doubt(self.draft)
        return any(project.sums.unit_in_doubt(project.draft) for project in self.flat.projects)

    def _gaps(self, path: str) -> list[Problem]:
        """What a form should have and was not found."""
        missing = []
        if "project" not in self.draft.asked:
            missing.append("项目名称")
        if self.heading is None:
            missing.append("绩效指标各行")
        if not missing:
            return []
        name = self.draft.texts.get("project") or self.draft.title or "未读出名称的项目"
        message = f"“{name}”的绩效目标表只读出一部分，未找到：{'、'.join(missing)}"
        remedy = "请核对原文此处的表格，或提供Excel、Word版本"
        return [Problem(path, message, remedy, self.draft.place, "partly_read")]


def self_review(path: str, place: Place) -> Problem:
    """Said of every 自评表: which of its columns was read."""
    message = (
        "此处是绩效自评（监控、评价）表，不是申报表：只读取了年度指标值，实际完成值和得分没有采用"
    )
    remedy = "如要审核目标，请提供申报时的绩效目标表"
    return Problem(path, message, remedy, place, "self_review")


def open_form(before: Preamble, place: Place, words: Words, kind: str | None = None) -> OpenForm:
    """A form that starts at ``place`` with what stood above it; ``kind`` is what its labels
    say it is about where no title does."""
    titled = words.kind_of_title(before.title) if before.title else "project"
    place = before.place if before.title else place
    draft = FormDraft("", before.title, place, before.year, before.money_unit, words)
    draft.heading = before.heading
    head = Head(draft, Sums(words))
    for label, text, where in before.pairs:
        head.names.add(label.name)
        if label.kind != "field":
            name = label.name or ("annual" if before.year else "total")
            head.sums.add(name, label.text, text, 0, where)
        elif label.name == "unit":
            head.unit(text, where, label.text)
        elif label.name != "ignored":
            draft.set_text(label.name, text, where)
    return OpenForm(head, Indicators(words), titled if titled in OTHER else kind or titled)
