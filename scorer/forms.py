"""The words of the trade as plain typed data. Imports nothing of ours.

Reading runs ``bytes -> Document -> Submission`` (forms + ledger), judging runs
``Form -> Finding -> Review``. Amounts are in yuan: ``int``, or ``Decimal`` where
a table shows fen. ``None`` means "the form has no such cell or left it blank";
``0`` and ``""`` are never used for missing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from decimal import Decimal
from typing import Literal

Yuan = int | Decimal
Phase = Literal["period", "annual"]
Severity = Literal["error", "warning", "advice"]

PHASES: tuple[Phase, ...] = ("period", "annual")
PHASE_NAMES: dict[str, str] = {"period": "实施期", "annual": "年度"}
SEVERITY_NAMES: dict[str, str] = {"error": "错误", "warning": "提醒", "advice": "建议"}

OUTPUT, BENEFIT, SATISFACTION, COST = "产出指标", "效益指标", "满意度指标", "成本指标"
LEVEL1: tuple[str, ...] = (COST, OUTPUT, BENEFIT, SATISFACTION)
LEVEL2: tuple[str, ...] = (
    "数量指标",
    "质量指标",
    "时效指标",
    "成本指标",
    "经济成本指标",
    "社会成本指标",
    "生态环境成本指标",
    "经济效益指标",
    "社会效益指标",
    "生态效益指标",
    "可持续影响指标",
    "服务对象满意度指标",
)


# --- what a reader gives -------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text stands in its file; numbers count from 1, absent parts are None.

    ``line`` is the line of the text file (or of the page's text layer), ``cell``
    the spreadsheet address («C7»), ``table``/``row``/``column`` a Word or HTML table.
    ``part`` names the member inside an archive or mail.
    """

    page: int | None = None
    line: int | None = None
    sheet: str | None = None
    cell: str | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    part: str | None = None

    def label(self) -> str:
        """The place in a clerk's words: «第27页 第812行», «工作表«Sheet1» C7»."""
        words = (
            (self.part, "«{}»"),
            (self.sheet, "工作表«{}»"),
            (self.page, "第{}页"),
            (self.table, "第{}个表"),
            (self.cell, "{}"),
            (self.line, "第{}行"),
            (self.row, "表中第{}行"),
            (self.column, "第{}列"),
        )
        return " ".join(pattern.format(value) for value, pattern in words if value is not None)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text outside any table, as printed (tabs kept)."""

    text: str
    place: Place = Place()


@dataclass(frozen=True, slots=True)
class Cell:
    """One table cell, at its top left slot; ``row`` and ``column`` count from 0.

    A merged cell appears once, with its spans. ``text`` is "" for an empty cell;
    line breaks inside the cell are kept as "\\n".
    """

    text: str
    row: int
    column: int
    row_span: int = 1
    col_span: int = 1
    place: Place = Place()


@dataclass(frozen=True, slots=True)
class Grid:
    """One ruled table. ``continues`` is set by a reader that knows (never guesses)
    that this table goes on from the page before."""

    cells: tuple[Cell, ...]
    n_rows: int
    n_columns: int
    place: Place = Place()
    continues: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """One page or sheet: its lines and grids in reading order."""

    number: int
    blocks: tuple[Line | Grid, ...]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that *we* could not read; never a fault of the author, never scored.

    ``lost`` is False for what was recognised and set aside on purpose (a 自评表, a form
    of another kind): it is listed, but the run still counts as complete.
    """

    path: str
    message: str
    remedy: str = ""
    place: Place = Place()
    code: str = "unreadable"
    lost: bool = True


@dataclass(frozen=True, slots=True)
class Document:
    """One input file as pages of lines and grids, with places.

    ``kind`` is the sniffed type ("text", "pdf", "xlsx", "docx", "html", …).
    """

    path: str
    sha256: str
    kind: str
    pages: tuple[Page, ...] = ()
    problems: tuple[Problem, ...] = ()


# --- what a layout gives -------------------------------------------------------

# The printed cells of one row by what they hold ("level2", "name", "sign", "value",
# "unit"), blank ones included, left to right. Only tables have them; they say where a
# correction is to be written and are no part of what the form says.
Cells = Mapping[str, tuple[Place, ...]]


@dataclass(frozen=True, slots=True)
class Indicator:
    """One row of the indicator table.

    ``level1`` and ``level2`` are canonical (members of LEVEL1, LEVEL2) where the
    printed label is known, else as printed. ``value`` is read as a person would
    say it: sign, number and unit of three columns are joined («≥95%»).
    """

    level1: str
    level2: str
    name: str
    value: str
    phase: Phase = "annual"
    place: Place = Place()
    declared_kind: str | None = None  # 指标属性 as printed: 定量指标 / 定性指标
    direction: str | None = None  # 指标方向性 as printed: 正向指标 / 反向指标
    weight: str | None = None  # 分值权重 as printed
    baseline: str | None = None  # 历史值, 上年值 as printed
    explanation: str | None = None  # 指标解释 / 指标内容 / 备注
    cells: Cells = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Funding:
    """Sources of one phase in yuan; None where the cell is blank."""

    central: Yuan | None = None
    province: Yuan | None = None
    city_county: Yuan | None = None
    self_raised: Yuan | None = None
    other: Yuan | None = None

    def stated(self) -> dict[str, Yuan]:
        """The sources that carry a figure."""
        values = {f.name: getattr(self, f.name) for f in fields(self)}
        return {name: value for name, value in values.items() if value is not None}


FUNDING_NAMES: dict[str, str] = {
    "central": "中央财政资金",
    "province": "省级财政资金",
    "city_county": "市县(区)财政资金",
    "self_raised": "单位自筹",
    "other": "其他资金",
}


@dataclass(frozen=True, slots=True)
class Goal:
    """总体目标 of both halves, text as printed."""

    period: str | None = None
    annual: str | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """One 绩效目标表 of one project. ``places`` maps a field name
    ("project", "goal_annual", "total_yuan", …) to where it stands."""

    project: str | None = None
    department_code: str | None = None
    department: str | None = None
    unit: str | None = None
    fiscal_year: int | None = None
    attribute: str | None = None
    period: str | None = None
    total_yuan: Yuan | None = None
    annual_yuan: Yuan | None = None
    funding_period: Funding = Funding()
    funding_annual: Funding = Funding()
    overview: str | None = None
    basis: str | None = None
    necessity: str | None = None
    safeguards: str | None = None
    plan: str | None = None
    goal: Goal = Goal()
    filled_at: str | None = None
    leader: str | None = None
    handler: str | None = None
    phone: str | None = None
    indicators: tuple[Indicator, ...] = ()
    layout: str = ""  # layout family that read it ("A" … "I")
    title: str | None = None
    place: Place = Place()
    places: dict[str, Place] = field(default_factory=dict)
    # Fields whose cell exists in the table, blank or not: only these can be "missing".
    asked: frozenset[str] = frozenset()
    # The template's rows that nobody filled in, each with its class and cells: room for more.
    spare: tuple[Indicator, ...] = field(default=(), compare=False, repr=False)

    def of_phase(self, phase: Phase) -> tuple[Indicator, ...]:
        """Indicators of one half, in printed order."""
        return tuple(i for i in self.indicators if i.phase == phase)

    def text(self, name: str) -> str | None:
        """A text field by its JSON name ("goal_annual", "overview", …)."""
        if name.startswith("goal_"):
            return self.goal.period if name == "goal_period" else self.goal.annual
        value = getattr(self, name)
        return None if value is None else str(value)


@dataclass(frozen=True, slots=True)
class Amount:
    """One sum of money that a budget table or a sentence states, in yuan."""

    name: str
    yuan: Yuan
    place: Place = Place()
    year: int | None = None
    section: str = ""  # heading of the narrative or title of the table it stands under


@dataclass(frozen=True, slots=True)
class Count:
    """A number of things that the narrative states: «公务用车实有1辆»."""

    name: str
    number: Decimal
    unit: str
    section: str = ""
    text: str = ""
    place: Place = Place()


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A sum and its parts in one passage: «总额12万元，其中：货物2万元，服务10万元».

    ``open`` is set where the list ends in 等: the parts need not add up to the whole.
    """

    whole: Amount
    parts: tuple[Amount, ...]
    open: bool = False
    text: str = ""
    place: Place = Place()


@dataclass(frozen=True, slots=True)
class Change:
    """A sentence of the narrative that compares two years: «比上年增加5.59万元，增长0.69%»."""

    subject: str
    now_yuan: Yuan | None = None
    delta_yuan: Yuan | None = None  # negative for a fall
    percent: Decimal | None = None  # as printed, unsigned
    before_yuan: Yuan | None = None
    direction: Literal["up", "down"] | None = None  # what the percentage's verb says
    text: str = ""
    place: Place = Place()


@dataclass(frozen=True, slots=True)
class Share:
    """«基本支出303.62万元，占28.00%»: a part of a whole, with the percentage as printed."""

    name: str
    part_yuan: Yuan
    whole_yuan: Yuan
    percent: Decimal
    text: str = ""
    place: Place = Place()
    # The whole as the sentence names it («占部门（单位）项目支出总额的»): ``whole_yuan`` was
    # then looked up elsewhere in the document. "" where the whole stands in the same passage.
    whole_name: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """A count and a sum of projects that the narrative states:
    «实行绩效目标管理的项目5个，涉及一般公共预算当年拨款1151.68万元»."""

    count: int | None = None
    yuan: Yuan | None = None
    # "projects", "published", "unit"; parts: "category:其他运转类", "published:其他运转类"
    kind: str = "projects"
    names: tuple[Amount, ...] = ()  # projects listed one by one with their sums
    text: str = ""
    place: Place = Place()


@dataclass(frozen=True, slots=True)
class Table:
    """Any budget table as (row label -> column head -> yuan), kept for sum checks."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Yuan | None, ...]], ...]
    place: Place = Place()
    places: tuple[Place, ...] = ()  # of each row
    side: str = ""  # "收入" or "支出": which half of a two-sided table
    codes: tuple[str, ...] = ()  # 科目编码 of each row, "" where it has none
    groups: tuple[str, ...] = ()  # the head above each column head, "" where there is none
    cells: tuple[tuple[Place, ...], ...] = ()  # of each amount, parallel to ``rows``
    empty: bool = False  # the table says 本表无数据, or is blank
    step_yuan: Yuan | None = None  # the last digit that the table prints: 100 for 0.01万元


@dataclass(frozen=True, slots=True)
class Ledger:
    """The other budget figures of the same document, used for cross checks. Yuan."""

    totals: dict[str, Amount] = field(default_factory=dict)  # 预算收支总表: 收入总计, 支出总计, …
    projects: tuple[Amount, ...] = ()  # 项目支出预算表（本年）
    carryover: tuple[Amount, ...] = ()  # 项目支出预算表（上年结转）
    projects_total: Amount | None = None
    carryover_total: Amount | None = None
    three_public: dict[str, Amount] = field(default_factory=dict)  # 三公: item -> sum
    operating: Amount | None = None  # 机关运行经费 table
    procurement: dict[str, Amount] = field(default_factory=dict)  # 总额, 货物, 工程, 服务
    managed: tuple[Statement, ...] = ()  # 绩效管理情况
    changes: tuple[Change, ...] = ()
    shares: tuple[Share, ...] = ()
    tables: tuple[Table, ...] = ()
    breakdowns: tuple[Breakdown, ...] = ()
    figures: tuple[Amount, ...] = ()  # every sum of the narrative, in printed order
    counts: tuple[Count, ...] = ()  # every number of things in the narrative


@dataclass(frozen=True, slots=True)
class Submission:
    """All that one document holds: its forms, its ledger, and what could not be read.

    ``narrative`` keeps the paragraphs outside tables and forms, wrapped lines joined:
    document rules quote them.
    """

    path: str
    sha256: str = ""
    unit: str | None = None
    fiscal_year: int | None = None
    forms: tuple[Form, ...] = ()
    ledger: Ledger = Ledger()
    problems: tuple[Problem, ...] = ()
    narrative: tuple[Line, ...] = ()


# --- what judging gives --------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem in the author's text.

    ``indicator`` is the row's index in ``Form.indicators`` (None for a field or the
    whole form), ``field`` names the cell ("value", "name", "level2", "goal_annual", …),
    ``evidence`` is the cell's own text. ``proposals`` are at most three wordings that
    could stand in the cell, best first. ``confidence`` is 0–1.
    """

    code: str
    name: str
    severity: Severity
    message: str
    why: str
    advice: str
    basis: str = ""
    field: str = ""
    evidence: str = ""
    indicator: int | None = None
    place: Place = Place()
    proposals: tuple[str, ...] = ()
    confidence: float = 1.0
    preview: bool = False
    project: str | None = None
    fingerprint: str = ""
    label: str | None = None  # vague / mismatch / misplaced / incoherent
    also: tuple[str, ...] = ()  # codes merged into this one
    more_places: tuple[Place, ...] = ()  # the same remark elsewhere (other half, other forms)
    summary: str = ""  # fingerprint of the document's finding that says this once for all forms


@dataclass(frozen=True, slots=True)
class Deduction:
    """One line of lost points on the review sheet."""

    item: str
    code: str
    points: float
    reason: str
    finding: str = ""  # fingerprint
    place: Place = Place()


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """One of 88号's eight items; ``manual`` marks 需人工复核 parts."""

    item: str
    max: float
    score: float
    deductions: tuple[Deduction, ...] = ()
    manual: str = ""


@dataclass(frozen=True, slots=True)
class Mending:
    """One cell worth mending first: its findings go, ``gain`` points come.

    ``cell`` is the cell in a clerk's words; ``findings`` are fingerprints; ``total`` and
    ``grade`` are those of the form with this mending and the ones before it done.
    """

    cell: str
    findings: tuple[str, ...]
    gain: float
    total: float
    grade: str


@dataclass(frozen=True, slots=True)
class Review:
    """A form's findings turned into the 88号 sheet; total and SMART are 0–100."""

    items: tuple[ReviewItem, ...]
    smart: dict[str, float]
    total: float
    grade: str
    consequence: str
    qualitative: str = ""
    caps: tuple[str, ...] = ()
    mendings: tuple[Mending, ...] = ()  # at most three, each on top of those before
    gains: dict[str, float] = field(default_factory=dict)  # fingerprint -> points of its cell alone


@dataclass(frozen=True, slots=True)
class JudgedForm:
    """A form with its findings and its sheet."""

    form: Form
    findings: tuple[Finding, ...]
    review: Review
    dismissed: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class JudgedSubmission:
    """A document with its forms judged; ``findings`` are those of the document itself."""

    submission: Submission
    forms: tuple[JudgedForm, ...]
    findings: tuple[Finding, ...] = ()
    problems: tuple[Problem, ...] = ()  # reading problems and rules that failed


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the trained models say of one indicator, as probabilities 0–1 (None: not asked).

    ``level2`` maps each level-2 class to its probability; the ``why_*`` fields hold the
    words that carried the verdict, strongest first. ``says`` names the labels (vague,
    mismatch, misplaced, incoherent) that the models decide on at their own thresholds.
    """

    vague: float | None = None
    mismatch: float | None = None
    incoherent: float | None = None
    level2: dict[str, float] = field(default_factory=dict)
    why_vague: tuple[str, ...] = ()
    why_mismatch: tuple[str, ...] = ()
    why_level2: tuple[str, ...] = ()
    says: frozenset[str] = frozenset()
    misplaced: float | None = None
    why_incoherent: tuple[str, ...] = ()
