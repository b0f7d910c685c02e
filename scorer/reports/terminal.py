"""What a clerk reads on a terminal: one line a form, worst first; details on demand."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence

import typer

from scorer.fixes import Fix
from scorer.forms import (
    PHASE_NAMES,
    SEVERITY_NAMES,
    Finding,
    Form,
    JudgedForm,
    JudgedSubmission,
    Place,
    Problem,
    Review,
    Submission,
)
from scorer.layouts.match import Explanation
from scorer.ranking import worst_finding
from scorer.reports.grouping import grouped
from scorer.reports.sentences import sentence
from scorer.reports.width import fit
from scorer.review import BY_HAND

GRADE_COLOURS = {"优": "green", "良": "cyan", "中": "yellow", "差": "red"}
SEVERITY_COLOURS = {"error": "red", "warning": "yellow", "advice": "blue"}


def paint(text: str, colour: str, **style: bool) -> str:
    """Coloured on a terminal, plain in a pipe."""
    return typer.style(text, fg=colour, **style) if sys.stdout.isatty() else text


def score_lines(judged: Sequence[JudgedSubmission], *, verbose: bool) -> Iterator[str]:
    """The table of forms, worst first, then the documents' own findings and the summary."""
    forms = [(f, j) for j in judged for f in j.forms]
    forms.sort(key=lambda pair: (pair[0].review.total, -float(pair[0].form.annual_yuan or 0)))
    if forms:
        yield f"{'得分':>4} 等级 {fit('项目', 38)} {fit('金额(万元)', 11)} {fit('问题', 8)} 首要问题"
    for form, _ in forms:
        yield _form_line(form)
        if verbose or len(forms) == 1:
            yield from form_details(form)
    for j in judged:
        if j.findings:
            yield ""
            yield f"整份文件的问题：{j.submission.path}"
            yield from _finding_lines(f for f in j.findings if not f.summary)
    yield ""
    yield from summary_lines(judged)


def _form_line(judged: JudgedForm) -> str:
    review, form = judged.review, judged.form
    amount = form.annual_yuan if form.annual_yuan is not None else form.total_yuan
    money = f"{amount / 10000:,.2f}" if amount is not None else "-"
    worst = worst_finding(judged.findings)
    grade = paint(review.grade, GRADE_COLOURS[review.grade], bold=True)
    count = f"{len(grouped(judged.findings, judged.form))}项"
    first = f"{worst.code} {fit(worst.message, 60).rstrip()}" if worst else "没有发现问题"
    project = fit(form.project or "（未写项目名称）", 38)
    return f"{review.total:>6.1f}  {grade}  {project} {money:>11} {fit(count, 8)} {first}"


def form_details(judged: JudgedForm) -> Iterator[str]:
    """The sheet with its deductions, then every finding, equal remarks once."""
    review = judged.review
    yield f"    {paint('审核表', 'blue')}  " + "  ".join(
        f"{i.item} {i.score:g}/{i.max:g}" + ("（审核人评定）" if i.manual == BY_HAND else "")
        for i in review.items
    )
    smart = "  ".join(f"{letter} {value:g}" for letter, value in review.smart.items())
    yield f"    SMART   {smart}    定性等级 {review.qualitative}"
    yield f"    处理    {review.grade}：{review.consequence}"
    for cap in review.caps:
        yield f"    封顶    {cap}"
    if review.mendings:
        yield f"    先改    {mending_line(review)}"
    yield from _finding_lines([f for f in judged.findings if not f.summary], judged.form)
    shared = grouped([f for f in judged.findings if f.summary], judged.form)
    if shared:
        yield f"    另有{len(shared)}项是几张表共有的问题，见「整份文件的问题」。"
    yield ""


def mending_line(review: Review) -> str:
    """«改这3项可加11分，到85.2分（良）：年度目标 +4.9，…»; "" where nothing gains."""
    if not review.mendings:
        return ""
    last = review.mendings[-1]
    steps = "，".join(f"{m.cell} +{m.gain:g}" for m in review.mendings)
    gain = round(sum(m.gain for m in review.mendings), 1)
    count = len(review.mendings)
    return f"改这{count}项可加{gain:g}分，到{last.total:g}分（{last.grade}）：{steps}"


def _finding_lines(findings: Iterable[Finding], form: Form | None = None) -> Iterator[str]:
    for group in grouped(findings, form):
        finding = group.finding
        mark = paint(SEVERITY_NAMES[finding.severity], SEVERITY_COLOURS[finding.severity])
        trial = "（试行，不扣分）" if finding.preview else ""
        yield f"    {mark} {finding.message}{trial}"
        if finding.advice:
            yield f"         → {finding.advice}"
        proposals = [p for p in finding.proposals if p not in finding.advice]
        if proposals:
            yield "         可写：" + " 或 ".join(f"「{p}」" for p in proposals)
        basis = f"依据：{finding.basis}  " if finding.basis else ""
        yield paint(f"         {basis}{group.where()}  {finding.code}", "bright_black")


def summary_lines(judged: Sequence[JudgedSubmission]) -> Iterator[str]:
    """Counts, then what could not be read, in its own box."""
    forms = [f for j in judged for f in j.forms]
    grades = "，".join(
        f"{g} {n}张" for g in GRADE_COLOURS if (n := sum(f.review.grade == g for f in forms))
    )
    if not forms and not any(j.findings for j in judged):
        yield f"共 {len(judged)} 份文件，没有读到绩效目标表。"
        yield from problem_lines(p for j in judged for p in j.problems)
        return
    found = sum(len(grouped([x for x in f.findings if not x.summary], f.form)) for f in forms)
    found += sum(not f.summary for j in judged for f in j.findings)
    yield (
        f"共 {len(judged)} 份文件，{len(forms)} 张表"
        + (f"（{grades}）" if grades else "")
        + (f"，{found} 项问题。" if found else "，没有发现问题。")
    )
    yield from problem_lines(p for j in judged for p in j.problems)


def problem_lines(problems: Iterable[Problem]) -> Iterator[str]:
    """What could not be read: the file, the place, the cause, the remedy."""
    for n, problem in enumerate(problems):
        if n == 0:
            yield "未能读取（不计分）："
        where = problem.place.label()
        head = f"  {problem.path}" + (f" {where}" if where else "")
        yield f"{head}：{sentence(problem.message)}{sentence(problem.remedy)}"


def check_lines(judged: Sequence[JudgedSubmission]) -> Iterator[str]:
    """Linter lines: «文件:位置: 代码 名称（程度）: 说明 → 建议»."""
    for j in judged:
        everything = [f for form in j.forms for f in form.findings] + list(j.findings)
        findings = [f for f in everything if not f.summary]
        findings.sort(key=lambda f: (f.place.page or 0, f.place.line or 0))
        for f in findings:
            where = f"{j.submission.path}:{_position(f.place)}"
            advice = f" → {f.advice}" if f.advice else ""
            yield f"{where}: {f.code} {f.name}（{SEVERITY_NAMES[f.severity]}）: {f.message}{advice}"


def fix_lines(path: str, fixes: Sequence[Fix]) -> Iterator[str]:
    """What `check --fix` corrected: «文件:位置: 已修正「>=95%」→「≥95%」（统一符号）»."""
    for fix in fixes:
        where = f"{path}:{_position(fix.place)}"
        was, now = (" ".join(text.split()) for text in (fix.was, fix.now))
        yield f"{where}: 已修正「{was}」→「{now}」（{fix.why}）"


def check_summary(judged: Sequence[JudgedSubmission]) -> str:
    """«5 项（错误 2、提醒 3）», what `check --watch` says after each save."""
    found = [f for j in judged for form in j.forms for f in form.findings if not f.summary]
    found += [f for j in judged for f in j.findings if not f.summary]
    parts = [
        f"{name} {n}"
        for severity, name in SEVERITY_NAMES.items()
        if (n := sum(f.severity == severity for f in found))
    ]
    return f"{len(found)} 项（{'、'.join(parts)}）" if found else "没有发现问题"


def _position(place: Place) -> str:
    if place.line is not None and place.page is None:
        return str(place.line)
    return place.label().replace(" ", "") or "-"


def parse_lines(submissions: Sequence[Submission]) -> Iterator[str]:
    """What was read, in the official order, for a look at the terminal."""
    for s in submissions:
        year = f"，{s.fiscal_year}年度" if s.fiscal_year else ""
        yield f"{s.path}：{s.unit or '未写单位'}{year}，{len(s.forms)} 张表"
        for form in s.forms:
            total = "-" if form.total_yuan is None else f"{form.total_yuan:,}元"
            annual = "-" if form.annual_yuan is None else f"{form.annual_yuan:,}元"
            yield f"  {form.project or '（未写项目名称）'}  实施期 {total}  年度 {annual}  {form.place.label()}"
            for i in form.indicators:
                head = f"{PHASE_NAMES[i.phase]:<3} {fit(i.level2, 18)}"
                yield f"      {head} {fit(i.name or '（空）', 40)} {i.value or '（空）'}"
    yield from problem_lines(p for s in submissions for p in s.problems)


ROLE_NAMES = {
    "level1": "一级指标", "level2": "二级指标", "name": "指标名称", "value": "指标值", "sign": "符号",
    "unit": "单位", "kind": "定性或定量", "direction": "正反向", "weight": "权重", "baseline": "历史值",
    "explanation": "说明", "actual": "实际完成值（不读）", "project": "项目名称", "department": "主管部门",
    "goal": "绩效目标", "goal_annual": "年度目标", "goal_period": "实施期目标", "attribute": "项目属性",
    "period": "项目期", "amount:total": "资金总额", "amount:annual": "年度资金",
}  # fmt: skip


def explain_lines(found: Iterable[tuple[str, Explanation]]) -> Iterator[str]:
    """Why each table was taken for its family: every family's points and the signs seen, the
    columns and their roles."""
    for path, table in found:
        where = table.place.label()
        if not table.family and not table.scores:
            yield f"{path} {where}：不是绩效目标表（以「{table.title}」开头，没有指标表头和项目栏目）"
            continue
        yield f"{path} {where}：{table.title or '（无标题）'}"
        yield f"  项目 {table.project or '（未写）'}，认作 {table.family} 类"
        for score in table.scores:
            if score.points > 0:
                yield f"    {score.family} 类 {score.points} 分：{'，'.join(score.reasons)}"
        none = "、".join(score.family for score in table.scores if score.points <= 0)
        if none:
            yield f"    {none} 类 0 分"
        columns = "，".join(
            f"「{head}」是{ROLE_NAMES.get(role, role)}" for head, role in table.columns
        )
        if columns or not table.notes:
            yield f"    表头：{columns or '没有认出表头'}"
        for note in table.notes:
            yield f"    {note}"
