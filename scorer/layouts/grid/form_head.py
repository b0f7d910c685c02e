"""The head and foot of one form: rows of labels and values -> the draft."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from scorer.forms import Phase, Place
from scorer.layouts.draft import FormDraft
from scorer.layouts.grid.header_row import phase_of
from scorer.layouts.grid.labels import FOOT, GOALS, LONG, Label, Pair, label_of, pairs_of
from scorer.layouts.grid.money import Sums, looks_like_amount
from scorer.layouts.grid.slots import Row, Slot
from scorer.layouts.project_names import is_code
from scorer.layouts.text.lines import join_wrapped
from scorer.layouts.words import fold, money_unit, squeeze, year_in

_TIMES = re.compile(r"(开始|起始|起止|完成|结束|计划)?(时间|日期|进度)")
_UNIT_ONLY = re.compile(r"^\(?(?:金额)?\(?(?:单位:)?(?:人民币)?[万千亿]?元\)?$")
_UNIT_BEHIND = re.compile(r"^.{2,12}\((?:单位:)?(?:人民币)?[万千亿]?元\)$")
_ALL = re.compile(r"^(合计|总计|总额|金额合计|预算合计|资金合计)$")
_YEAR = re.compile(r"^20\d\d年?度?(?:预算|资金)?$")
_HALF = re.compile(r"(?:20\d\d)?年度|当年|本年度?|全年|实施期|实施周期|中?长期|中期|项目期")
_GOAL_OF: dict[Phase, str] = {"period": "实施期目标", "annual": "年度目标"}
_GOAL_NUMBER = re.compile(r"(?:目标)?\s*[(（]?([1-9])[)）.．、:：]")
_TWO = 2  # a half's name and its goal
_TICKED = re.compile(r"[√☑✓✔■▣☒]")
_DOES_IT = re.compile(r"实施|承担|执行|使用|用款")  # units that do the work, not those that file
_BOX = re.compile(r"[□○◻☐]")
_OPTION_NUMBER = re.compile(r"^(?:\d{1,2}[.．、:：]|[①-⑩])(?=\D)")
_OPTION = re.compile(r"[^\s□○◻☐√☑✓✔■▣☒()（）\[\]]+")


@dataclass(frozen=True, slots=True)
class Waiting:
    """A label whose value stands in the row below, in columns [start, end)."""

    label: Label
    start: int
    end: int


@dataclass
class Head:
    """Reads head and foot rows into ``draft``; ``sums`` gathers the amounts."""

    draft: FormDraft
    sums: Sums
    goal: list[Slot] = field(default_factory=list)  # texts of a goal without phase
    goal_asked: bool = False
    attributes: list[tuple[int, str, Place]] = field(default_factory=list)
    dates: dict[str, str] = field(default_factory=dict)
    waiting: list[Waiting] = field(default_factory=list)
    last: list[tuple[int, int, str]] = field(default_factory=list)  # columns, long field
    soft: bool = False  # the waiting labels have blank cells of their own
    plan: list[str] | None = None
    money_rows: int = -1  # last grid row that the money head covers
    money_phase: Phase | None = None  # what that head says: «年度预算申请»
    budget_head: bool = False  # «预算申请»: a bare «合计» below it is the year's
    years: list[tuple[int, int, Phase]] = field(default_factory=list)  # columns of amounts
    goal_halves: bool = False  # the row above was «总体目标 | 实施期 | …»
    names: set[str] = field(default_factory=set)  # labels seen, for telling the family
    unit_label: str = ""  # of the unit that the draft has
    over: tuple[str, Place] | None = None  # the 预算单位 over an 实施单位

    def row(self, row: Row, label_rows: Sequence[Slot]) -> bool:
        """Read one row; ``label_rows`` are cells from above that still cover it. False if
        nothing in it was understood."""
        slots = row.own
        if row.index == self.money_rows + 1 and slots and not slots[0].text:
            self.money_rows = row.index  # the money's head was not merged down
        if self._half_heads(slots) or self._year_heads(slots) or self._year_row(slots):
            return True
        if self.plan is not None and self._plan_row(slots):
            return True
        self._note_unit(slots)
        if self._heads_sources(slots):
            return True
        taken = self._take_waiting(slots)
        rest = self._with_goal_labels([slot for slot in slots if slot not in taken], label_rows)
        pairs = pairs_of(rest, self.draft.words, row.index <= self.money_rows)
        if taken:
            pairs = [p for p in pairs if p.value is not None and p.text]
        elif not pairs:
            return self._more_text(row, label_rows) or self._sum_row(row)
        self._take_pairs(pairs, row, bool(taken))
        return bool(pairs or taken)

    def _with_goal_labels(self, slots: Sequence[Slot], covers: Sequence[Slot]) -> list[Slot]:
        """«总体目标 | 实施期 | …» above «2025年度 | …»: a half's name in front of its goal's text
        is the label of that goal."""
        words = self.draft.words
        filled = [slot for slot in slots if slot.text]
        goals = [
            slot
            for slot in (*covers, *filled[:1])
            if (label := label_of(slot.text, words)) and label.name == "goal"
        ]
        inside = [slot for slot in filled if slot not in goals]
        half = phase_of(inside[0].text) if len(inside) == _TWO else None
        named = half is not None and _HALF.fullmatch(squeeze(inside[0].text))
        self.goal_halves = bool(named and (goals or self.goal_halves))
        if half is None or not self.goal_halves:
            return list(slots)
        named_as = replace(inside[0], text=_GOAL_OF[half])
        return [named_as if slot is inside[0] else slot for slot in slots]

    def _year_heads(self, slots: Sequence[Slot]) -> bool:
        """«分年度 | 2025年 | 2026年 | 合计» over the amounts: this year's column, and the sum's."""
        years = [slot for slot in slots if _YEAR.match(squeeze(slot.text))]
        if len(years) < 2:
            return False
        own = [s for s in years if str(self.draft.fiscal_year) in s.text] or years[:1]
        sums = [s for s in slots if _ALL.match(squeeze(s.text))]
        found: list[tuple[Phase, Slot]] = [("annual", own[0]), *(("period", s) for s in sums[:1])]
        self.years = [(slot.start, slot.end, phase) for phase, slot in found]
        return True

    def _half_heads(self, slots: Sequence[Slot]) -> bool:
        """«项目资金（万元） | 资金来源 | 实施期 | 年度» over the amounts."""
        halves = [s for s in slots if _HALF.fullmatch(squeeze(s.text))]
        others = [label_of(s.text, self.draft.words) for s in slots if s not in halves]
        if any(x is not None and x.kind == "field" and x.name != "ignored" for x in others):
            return False
        phases = [(s.start, s.end, phase) for s in halves if (phase := phase_of(s.text))]
        if sorted(phase for _, _, phase in phases) != ["annual", "period"]:
            return False
        self._note_unit(slots)
        self.years = phases
        return True

    def _year_row(self, slots: Sequence[Slot]) -> bool:
        """A source's amounts below such heads."""
        labels = [(slot, label_of(slot.text, self.draft.words)) for slot in slots]
        at, label = next(((s, x) for s, x in labels if x and x.kind == "amount"), (None, None))
        if at is None or label is None or not self.years:
            self.years = []
            return False
        source = "total" if label.name == "annual" else label.name
        for start, end, phase in self.years:
            for slot in slots:
                if slot.start < end and start < slot.end and slot is not at:
                    self.sums.put(phase, source, label.text, slot.text, slot.place)
        return True

    def _heads_sources(self, slots: Sequence[Slot]) -> bool:
        """«年度预算资金 | 合计 | 一般公共预算 | 上年结转», the label over two rows: heads of the amounts
        in the row below."""
        filled = [slot for slot in slots if slot.text]
        if len(filled) < 3 or filled[0].cell.row_span < 2:
            return False
        labels = [label_of(slot.text, self.draft.words) for slot in filled]
        first, rest = labels[0], list(zip(labels, filled, strict=True))[1:]
        if first is None or first.kind not in ("amount", "money"):
            return False
        of_all = [_ALL.match(squeeze(slot.text)) is not None for _, slot in rest]
        sources = [label is not None and label.kind == "amount" for label, _ in rest]
        if not any(of_all) or not all(a or b for a, b in zip(of_all, sources, strict=True)):
            return False
        self.draft.money_unit = money_unit(first.text) or self.draft.money_unit
        self.waiting = [
            Waiting(first if whole or label is None else label, slot.start, slot.end)
            for whole, (label, slot) in zip(of_all, rest, strict=True)
        ]
        return True

    def again(self, row: Row) -> None:
        """Read a row once more, now that the part a page break cut off is joined to it."""
        for pair in pairs_of(row.own, self.draft.words, row.index <= self.money_rows):
            if pair.label.kind == "field" and pair.text:
                self.draft.texts.pop(pair.label.name, None)
                self._take_field(pair)

    def _note_unit(self, slots: Sequence[Slot]) -> None:
        """A cell of nothing but «（万元）»: the unit in a cell of its own, or what a page break
        left of «项目资金（万元）». A cell over several rows says it of the amounts beside it."""
        for slot in slots:
            text = re.sub(r"\s", "", fold(slot.text))
            if _UNIT_ONLY.match(text) or (slot.cell.row_span > 1 and _UNIT_BEHIND.search(text)):
                self.draft.money_unit = money_unit(text) or self.draft.money_unit

    # -- labels and values ---------------------------------------------------------

    def _take_pairs(self, pairs: Sequence[Pair], row: Row, below: bool) -> None:
        if self._opens_plan(pairs):
            return
        self.last = []
        lone = [p for p in pairs if p.value is None]
        self.soft = len(lone) < len(pairs) and _only_goals(pairs)
        if self.soft or _heads_of_amounts(pairs):
            lone = list(pairs)  # without merged cells blanks stand right of such labels
        if len(lone) == len(pairs) and not below:
            self.waiting = [
                Waiting(p.label, p.at.start, p.at.end)
                for p in lone
                if p.at.cell.row_span == 1 and p.label.name not in FOOT
            ]
            if all(w.label.name == "ignored" or w.label.kind == "money" for w in self.waiting):
                self.waiting = []
        total: int | None = None
        for pair in pairs:
            if pair.label.kind == "field":
                self._take_field(pair)
            else:
                total = self._take_amount(pair, row, total)

    def _opens_plan(self, pairs: Sequence[Pair]) -> bool:
        """实施进度计划 | 内容 | 开始时间 | 完成时间 heads a schedule, row by row below it."""
        plan = next((p for p in pairs if p.label.name == "plan"), None)
        if plan is None:
            return False
        heads = any(p.value is None and p.label.name in ("start", "end") for p in pairs)
        cells = [slot for slot in (plan.value, *plan.extras) if slot and slot.text]
        if not heads and not (len(cells) > 1 and any(_is_time_head(slot) for slot in cells)):
            return False
        self.plan = []
        self.draft.ask("plan")
        self.draft.places.setdefault("plan", plan.at.place)
        return True

    def _take_field(self, pair: Pair) -> None:
        name = pair.label.name
        self.names.add(name)
        if name == "ignored":
            return
        if name == "goal_annual" and self.draft.fiscal_year is None:
            self.draft.fiscal_year = year_in(pair.label.text)  # «年度目标（2025年）»
        if pair.value is None:
            if not any(w.label is pair.label for w in self.waiting) and not self._groups(pair):
                self._set(name, "", pair.at.place)
            return
        place = pair.value.place
        texts = [pair.value, *(s for s in pair.extras if s.text)]
        if name == "project" and is_code(pair.text):
            beside = next((slot for slot in pair.extras if slot.text), pair.value)
            self._set(name, beside.text, beside.place)
        elif name == "goal":
            if _are_numbered(texts):
                self.goal_asked = True
                self.goal += texts
            elif len(texts) == 2 and pair.text:
                self._set("goal_period", texts[0].text, texts[0].place)
                self._set("goal_annual", texts[1].text, texts[1].place)
            else:
                self.goal_asked = True
                self.goal += [replace(pair.value, text=pair.text)] if pair.text else []
        else:
            parted = name in GOALS and _are_numbered(texts)
            text = join_wrapped([slot.text for slot in texts]) if parted else pair.text
            self._set(name, text, place, pair.label.text)
        if name != "goal" or pair.text:
            self.last += [(pair.value.start, pair.value.end, name)]

    @staticmethod
    def _groups(pair: Pair) -> bool:
        """A long field's label before further labels only heads them (总体目标 | 年度目标)."""
        return pair.label.name in LONG

    def _set(self, name: str, text: str, place: Place, label: str = "") -> None:
        if name in ("start", "end"):
            self.dates.setdefault(name, text)
        elif name == "attribute":
            self.draft.ask(name)
            if ticked(text):
                self.attributes.append((self.draft.words.rank_of(name, label), ticked(text), place))
        elif name in GOALS and squeeze(label)[-1:].isdigit():
            self.draft.add_text(name, text, place)
        elif name == "unit" and text.strip():
            self.unit(text, place, label)
        else:
            if name == "goal_period":
                self.draft.plain_goal = "期" not in label
            self.draft.set_text(name, text, place)

    def unit(self, text: str, place: Place, label: str) -> None:
        """A form may name two units: the one that does the work is the form's, and a 预算单位
        over it stands for the department where the form asks for none."""
        draft = self.draft
        had, works = draft.texts.get("unit"), bool(_DOES_IT.search(label))
        if had is None or (works and not _DOES_IT.search(self.unit_label)):
            if had is not None and squeeze(self.unit_label).startswith("预算"):
                self.over = (had, draft.places["unit"])
            draft.texts.pop("unit", None)
            draft.set_text("unit", text, place)
            self.unit_label = label
        elif not works and squeeze(label).startswith("预算"):
            self.over = (text, place)

    def _take_amount(self, pair: Pair, row: Row, total: int | None) -> int | None:
        """One amount; gives the column of the row's last total label."""
        label, at = pair.label, pair.at
        self.names.add(f"amount:{label.name}")
        unit = money_unit(label.text) if "元" in label.text else None
        if label.kind == "money":
            self.draft.money_unit = unit or self.draft.money_unit
            self.money_rows = max(self.money_rows, row.index + at.cell.row_span - 1)
            self.money_phase = phase_of(label.text)
            self.budget_head = self.draft.words.is_budget_head(label.text)
            if not pair.text or not looks_like_amount(pair.text):
                return total
        if pair.value is None:
            self.draft.money_unit = unit or self.draft.money_unit
            if not self.waiting:
                self.sums.add(label.name or "total", label.text, "", at.start, at.place, total)
            return total
        if not looks_like_amount(pair.text) and label.kind == "money":
            return total
        if at.cell.row_span > 1:  # a total's label over the rows of its parts
            self.money_rows = max(self.money_rows, row.index + at.cell.row_span - 1)
        name = label.name or ("annual" if phase_of(label.text) == "annual" else "total")
        below = row.index <= self.money_rows and phase_of(label.text) is None
        of_year = self.money_phase == "annual" or (
            self.budget_head and _ALL.match(squeeze(label.text))
        )
        if name == "total" and below and of_year:
            name = "annual"
        place = pair.value.place
        self.sums.add(name, label.text, pair.text, at.start, place, total)
        self._sum_of_the_year(pair)
        return at.start if name in ("total", "annual") else total

    def _sum_of_the_year(self, pair: Pair) -> None:
        """«实施周期资金总额 | 900 | 300»: under the year's columns the amount of the year, whose
        own label the table has lost."""
        if pair.label.name != "total" or phase_of(pair.label.text) != "period":
            return
        amounts = [slot for slot in pair.extras if slot.text]
        if len(amounts) == 1 and looks_like_amount(amounts[0].text):
            self.sums.put("annual", "total", "", amounts[0].text, amounts[0].place)

    # -- values that do not stand right of their label -------------------------------

    def _take_waiting(self, slots: Sequence[Slot]) -> list[Slot]:
        waiting, self.waiting = self.waiting, []
        if not waiting:
            return []
        labels = [label_of(slot.text, self.draft.words) for slot in slots]
        if self.soft and any(label and label.name != "goal" for label in labels):
            return []
        taken: list[Slot] = []
        columns = []
        for slot in slots:
            over = [w for w in waiting if w.start < slot.end and slot.start < w.end]
            if not over or label_of(slot.text, self.draft.words):
                continue
            taken.append(slot)
            for label in over:  # one text merged under two labels is the text of both
                self._take_below(label, slot)
                columns.append((slot.start, slot.end, label.label.name))
        self.last = [c for c in columns if c[2] in LONG] or self.last
        return taken

    def _take_below(self, waiting: Waiting, slot: Slot) -> None:
        label = waiting.label
        if label.kind == "amount":
            self.sums.add(label.name, label.text, slot.text, waiting.start, slot.place)
        elif label.kind == "money" and looks_like_amount(slot.text):
            name = "annual" if phase_of(label.text) == "annual" else "total"
            self.sums.add(name, label.text, slot.text, waiting.start, slot.place)
        elif label.name == "goal":
            self.goal_asked = True
            self.goal += [slot] if slot.text else []
        elif label.kind == "field" and label.name != "ignored":
            self._set(label.name, slot.text, slot.place, label.text)

    def _more_text(self, row: Row, covers: Sequence[Slot]) -> bool:
        """A row without labels that goes on with a long text: the first row after a page
        break, or a further row beside the text's own label."""
        beside = any(
            (label := label_of(slot.text, self.draft.words)) is not None and label.name in LONG
            for slot in covers
        )
        if not beside:
            self.last = [c for c in self.last if row.first or c[2] in LONG]
        if not (row.first or beside) or not self.last or not row.filled:
            return False
        for slot in row.filled:
            best = max(self.last, key=lambda c: min(c[1], slot.end) - max(c[0], slot.start))
            self._append(best[2], slot)
        return True

    def _append(self, name: str, slot: Slot) -> None:
        texts = self.draft.texts
        if name == "goal":
            self.goal.append(slot)
        elif name in texts:
            texts[name] = join_wrapped([texts[name], slot.text])
        else:
            self._set(name, slot.text, slot.place)

    def _sum_row(self, row: Row) -> bool:
        """«合计 | 100» in a breakdown of the project's money."""
        filled = row.filled
        if (
            len(filled) < 2
            or row.index > self.money_rows
            or not _ALL.match(squeeze(filled[0].text))
        ):
            return False
        if not any(cell.source == "total" for cell in self.sums.cells):
            self.sums.add("total", "合计", filled[1].text, filled[0].start, filled[1].place)
        return True

    def _plan_row(self, slots: Sequence[Slot]) -> bool:
        """One row of the schedule (内容 | 开始 | 完成); False where the schedule is over."""
        filled = [slot for slot in slots if slot.text]
        if not filled:
            return True
        if label_of(filled[0].text, self.draft.words) is not None:
            assert self.plan is not None
            self.finish_plan()
            return False
        if self.plan is not None and len(re.sub(r"[\W\d_]", "", filled[0].text)) > 0:
            self.plan.append(" ".join(slot.text for slot in filled))
        return True

    def finish_plan(self) -> None:
        """Write the schedule's rows as the text of 实施计划."""
        if self.plan:
            self.draft.texts.setdefault("plan", "；".join(self.plan))
        self.plan = None

    # -- the end ---------------------------------------------------------------------

    def finish(self, phases: set[str]) -> None:
        """Settle what only the whole form decides; ``phases`` are those of its rows."""
        self.finish_plan()
        self.sums.settle(self.draft)
        if self.over is not None and "department" not in self.draft.asked:
            self.draft.set_text("department", *self.over)
        if self.attributes:  # 项目属性 before 项目类别, where both are printed
            _, text, place = min(self.attributes, key=lambda found: found[0])
            self.draft.set_text("attribute", text, place)
        if self.goal_asked:
            texts = self.draft.texts
            period = phases == {"period"} or ("goal_annual" in texts and "goal_period" not in texts)
            name = "goal_period" if period else "goal_annual"
            text = join_wrapped([slot.text for slot in self.goal])
            place = self.goal[0].place if self.goal else Place()
            self.draft.set_text(name, text, place)
        if self.dates.get("start") and self.dates.get("end"):
            self.draft.set_text(
                "period", f"{self.dates['start']}至{self.dates['end']}", self.draft.place
            )


def _are_numbered(slots: Sequence[Slot]) -> bool:
    """«目标1：…» and «目标2：…» in cells side by side: the parts of one goal."""
    numbers = [_GOAL_NUMBER.match(slot.text) for slot in slots]
    found = [int(match[1]) for match in numbers if match]
    return len(slots) > 1 and found == list(range(1, len(slots) + 1))


def _only_goals(pairs: Sequence[Pair]) -> bool:
    """A row of goal labels with nothing but blanks beside them."""
    goals = [p for p in pairs if p.label.name in ("goal_period", "goal_annual")]
    blank = not any(p.text or any(slot.text for slot in p.extras) for p in pairs)
    return bool(goals) and blank and all(p.label.name in LONG | {"ignored"} for p in pairs)


def _is_time_head(slot: Slot) -> bool:
    return bool(_TIMES.search(squeeze(slot.text))) and len(slot.text) <= 10


def ticked(text: str) -> str:
    """The chosen option of «□新增项目 ☑延续项目»; "" if none is; other text as it is."""
    marks = list(_TICKED.finditer(text))
    if not marks and not _BOX.search(text):
        return text
    options = list(_OPTION.finditer(text))
    boxes = [m.start() for m in _BOX.finditer(text)] + [m.start() for m in marks]
    before = bool(options) and min(boxes) < options[0].start()
    for mark in marks:
        near = [
            o for o in options if (o.start() >= mark.end() if before else o.end() <= mark.start())
        ]
        if near:
            return _OPTION_NUMBER.sub("", (near[0] if before else near[-1])[0])
    return ""


def _heads_of_amounts(pairs: Sequence[Pair]) -> bool:
    """«资金总额 | 财政拨款 | 其他资金 | (blank)»: heads whose amounts stand in the row below, the last
    of them beside a blank cell that is no amount of its own."""
    heads = [p for p in pairs if p.label.kind == "amount" and p.at.cell.row_span == 1]
    lone = [p for p in heads if p.value is None]
    return len(lone) > 1 and all(not p.text for p in pairs)
