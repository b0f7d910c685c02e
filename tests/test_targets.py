"""The grammar of 指标值: spellings, kinds, spans, and properties that hold for any text."""

from __future__ import annotations

import dataclasses
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorer.targets import Target, join_target, parse_target

# --- signs, numbers, units -------------------------------------------------------

COMPARATORS = {
    "≥": "≥ ≧ ⩾ >= => ＞= ＞＝ 不低于 不少于 不小于 至少 大于等于",
    "≤": "≤ ≦ ⩽ <= ＜= 不超过 不高于 不大于 小于等于 控制在 至多",
    ">": "> ＞ 超过 大于 高于 多于",
    "<": "< ＜ 小于 低于 少于 不到",
}


@pytest.mark.parametrize(
    ("sign", "word"), [(s, w) for s, words in COMPARATORS.items() for w in words.split()]
)
@pytest.mark.parametrize("gap", ["", " "])
def test_comparator_before_the_number(sign: str, word: str, gap: str) -> None:
    (quantity,) = parse_target(f"{word}{gap}37台").quantities
    assert (quantity.comparator, quantity.stated_comparator) == (sign, True)
    assert (quantity.value, quantity.unit, quantity.unit_kind) == (37, "台", "count")


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("85%以上", "≥"),
        ("85%及以上", "≥"),
        ("85％（含）以上", "≥"),
        ("达到85%以上", "≥"),
        ("4%以内", "≤"),
        ("4%以下", "≤"),
        ("控制在4%以内", "≤"),
        ("控制在60万元内", "≤"),
        ("48小时内", "≤"),
        ("85%", "="),
        ("=85%", "="),
    ],
)
def test_comparator_after_the_number(text: str, sign: str) -> None:
    assert parse_target(text).comparator == sign


def test_an_unwritten_sign_is_told_from_a_written_equals() -> None:
    assert not parse_target("85%").quantities[0].stated_comparator
    assert parse_target("=85%").quantities[0].stated_comparator


def test_no_quantity_has_no_comparator() -> None:
    assert parse_target("逐步完善").comparator == ""


NUMBERS = [
    ("3,480人", "3480", "人", "count"),
    ("１２台", "12", "台", "count"),
    ("2.6万元", "26000", "元", "money"),
    ("0.3亿元", "30000000", "元", "money"),
    ("1.3万人次", "13000", "人次", "count"),
    ("5千元", "5000", "元", "money"),
    ("5千克", "5", "千克", "weight"),
    ("三百二十人", "320", "人", "count"),
    ("三万四千头", "34000", "头", "count"),
    ("两次", "2", "次", "count"),
    ("三百余个", "300", "个", "count"),
    ("半年", "0.5", "年", "time"),
    ("一个半小时", "1", "个半小时", "time"),
    ("百分之九十五", "95", "%", "rate"),
    ("百分之95", "95", "%", "rate"),
    ("千分之三", "0.3", "%", "rate"),
    ("3‰", "0.3", "%", "rate"),
    ("九成", "90", "%", "rate"),
    ("九成五", "95", "%", "rate"),
    ("3/4", "75", "%", "rate"),
    ("三分之二", "66.67", "%", "rate"),
    ("2个百分点", "2", "百分点", "rate"),
    ("450元/人·天", "450", "元/人·天", "money"),
    ("每人每月800元", "800", "元/人·月", "money"),
    ("每平方米不超过60元", "60", "元/平方米", "money"),
    ("户均增收3000元", "3000", "元/户", "money"),
    ("￥5,000.00", "5000", "元", "money"),
    ("400（人）", "400", "人", "count"),
    ("8.6万元/台", "86000", "元/台", "money"),
    ("12台/套", "12", "台/套", "count"),
    ("18.5公里", "18.5", "公里", "length"),
    ("2.4万平方米", "24000", "平方米", "area"),
    ("760㎡", "760", "㎡", "area"),
    ("3200亩", "3200", "亩", "area"),
    ("90吨", "90", "吨", "weight"),
    ("30mg/m³", "30", "mg/m³", "physics"),
    ("5个工作日", "5", "个工作日", "time"),
    ("40分贝", "40", "分贝", "physics"),
    ("16桌", "16", "桌", ""),
    ("0.95", "0.95", "", ""),
    ("0", "0", "", ""),
    ("≤20/10万", "20", "/10万", ""),
]


@pytest.mark.parametrize(("text", "value", "unit", "kind"), NUMBERS)
def test_number_and_unit(text: str, value: str, unit: str, kind: str) -> None:
    (quantity,) = parse_target(text).quantities
    assert (quantity.value, quantity.unit, quantity.unit_kind) == (Decimal(value), unit, kind)


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("90-95", "90", "95", ""),
        ("90%—95%", "90", "95", "%"),
        ("3~5天", "3", "5", "天"),
        ("5至10人", "5", "10", "人"),
        ("30-50万元", "300000", "500000", "元"),
    ],
)
def test_range(text: str, low: str, high: str, unit: str) -> None:
    (quantity,) = parse_target(text).quantities
    assert (quantity.value, quantity.high, quantity.unit) == (Decimal(low), Decimal(high), unit)


def test_several_quantities_in_one_cell() -> None:
    target = parse_target("办班4期180人，结业率≥96%")
    assert [(str(q.value), q.unit) for q in target.quantities] == [
        ("4", "期"),
        ("180", "人"),
        ("96", "%"),
    ]
    assert [q.comparator for q in target.quantities] == ["=", "=", "≥"]


# --- dates, deadlines, frequencies -----------------------------------------------


@pytest.mark.parametrize(
    ("text", "year", "month", "day", "quarter", "limit"),
    [
        ("2026年11月30日前", 2026, 11, 30, None, "before"),
        ("2026年1月1日", 2026, 1, 1, None, "at"),
        ("2026年11月底前", 2026, 11, None, None, "before"),
        ("11月底前", None, 11, None, None, "before"),
        ("2026-11", 2026, 11, None, None, "during"),
        ("2026.9.30", 2026, 9, 30, None, "at"),
        ("2026/9/30", 2026, 9, 30, None, "at"),
        ("20260930", 2026, 9, 30, None, "at"),
        ("二〇二六年九月三十日前", 2026, 9, 30, None, "before"),
        ("第三季度", None, None, None, 3, "during"),
        ("2026年二季度末前", 2026, None, None, 2, "before"),
        ("每月8日前", None, None, 8, None, "before"),
        ("年底前", None, 12, None, None, "before"),
        ("上半年", None, 6, None, None, "during"),
        ("5月—8月", None, 8, None, None, "during"),
        ("不晚于10月15日", None, 10, 15, None, "before"),
        ("≤2026年10月", 2026, 10, None, None, "before"),
        ("2026年", 2026, None, None, None, "during"),
        ("2025-2027年", 2027, None, None, None, "during"),
    ],
)
def test_moment(
    text: str, year: int | None, month: int | None, day: int | None, quarter: int | None, limit: str
) -> None:
    target = parse_target(text)
    assert target.kind == "time"
    (moment,) = target.moments
    assert (moment.year, moment.month, moment.day) == (year, month, day)
    assert (moment.quarter, moment.limit) == (quarter, limit)
    assert not target.quantities


@pytest.mark.parametrize(
    "text", ["汛期前", "按合同约定时间", "全年", "当年", "当日", "每季度末", "8:30前"]
)
def test_dates_that_no_calendar_has(text: str) -> None:
    target = parse_target(text)
    assert target.kind == "time"
    assert target.moments[0].name


@pytest.mark.parametrize(
    "text", ["15个工作日内", "24小时内", "3年", "半年", "≤12月", "12个月", "三天内"]
)
def test_durations_are_time_with_a_quantity(text: str) -> None:
    target = parse_target(text)
    assert target.kind == "time"
    assert target.quantities[0].unit_kind == "time"
    assert not target.moments


@pytest.mark.parametrize(
    ("text", "frequency"),
    [
        ("每月一次", "每月一次"),
        ("每季度巡检", "每季度"),
        ("2次/年", "2次/年"),
        ("按月", "按月"),
        ("按季度", "按季度"),
        ("每周不少于2次", "每周不少于2次"),
        ("每两年一次", "每两年一次"),
        ("一日一巡", "一日一巡"),
    ],
)
def test_frequency(text: str, frequency: str) -> None:
    target = parse_target(text)
    assert (target.kind, target.frequency) == ("frequency", frequency)


# --- kinds -----------------------------------------------------------------------

KINDS = {
    "blank": ["", "  ", "\u3000\n"],
    "placeholder": [
        "XX", "**", "/", "—", "……", "待定", "同上", "见附件", "详见实施方案", "≥", "≥%", "以内", "年月日", "XX年XX月",
        "**台", "≥XX%", "N个", "完成××场", "20__年", "n/a", "指标值", "不适用",
    ],
    "number": ["9台", "≥9", "0", "0起", "零起", "零", "三", "18个社区全覆盖"],
    "money": ["≤47.08万元", "每人每月800元", "不超过5000元", "批复概算3800万元以内"],
    "rate": ["≥95%", "100％", "九成以上", "万分之五", "1/3", "签到率95%"],
    "time": ["2026年12月31日前", "6月底", "3年", "24小时内", "春节前", "二季度"],
    "frequency": ["每月", "每季度一次", "2次/年", "按月发放"],
    "change": ["提高5%", "较上年提高", "同比下降3个百分点", "比2025年减少2起", "↑5%", "较上年缩短3天"],
    "standard": [
        "GB/T 9704", "符合DA/T 31—2017", "《档案法》", "Ⅲ类及以上", "二级甲等", "符合国家标准", "三级等保", "B级以上", "符合JGJ 59",
    ],
    "event": [
        "通过市级验收", "零事故", "零投诉", "无事故", "不发生重大事故", "杜绝", "取得许可证", "印发实施", "报县政府备案", "一人一档", "逢车必检",
        "全部签收", "账实相符", "逐户签字",
    ],
    "approved": ["按预算控制", "不超年初预算", "≤批复概算", "控制在评审价内", "预算控制数以内", "与上年持平", "不低于上年决算数"],
    "scale": ["优", "良好", "合格", "优/良/中/差", "好、较好、一般", "优良中低差"],
    "yes_no": ["是", "否", "是/否"],
    "words": [
        "提高", "显著", "及时", "按期", "常态化", "全年不间断", "应保尽保", "应知尽知", "满意", "符合标准", "符合要求", "按规定", "据实",
        "一户一策", "一岗双责", "三个一批", "“四个一”", "十四五", "“十四五”期间", "12345热线", "三公", "按县政办发〔2022〕29号执行",
        "按2024年文件执行", "四季常青", "千家万户", "一次成优", "万无一失", "零距离", "零容忍", "第一时间", "2+6布局", "110警情平稳",
        "打造一批", "5G", "限时办结", "及时公示", "走在前列",
    ],
}  # fmt: skip


@pytest.mark.parametrize(("kind", "text"), [(k, t) for k, texts in KINDS.items() for t in texts])
def test_kind(kind: str, text: str) -> None:
    assert parse_target(text).kind == kind


def test_digits_of_names_are_no_quantity() -> None:
    for text in KINDS["words"]:
        assert not parse_target(text).quantities, text


def test_names_with_digits_leave_the_real_number() -> None:
    target = parse_target("12345热线工单按期办结率≥98%，依据〔2022〕29号")
    assert [q.value for q in target.quantities] == [98]


@pytest.mark.parametrize(
    ("text", "change", "base", "kind"),
    [
        ("较上年提高5%", "up", "较上年", "change"),
        ("同比下降3个百分点", "down", "同比", "change"),
        ("比2025年减少2起", "down", "比2025年", "change"),
        ("由19%提高到22%", "up", "由19%", "rate"),
        ("新增就业500人", "", "", "number"),
        ("提升", "up", "", "words"),
    ],
)
def test_change(text: str, change: str, base: str, kind: str) -> None:
    target = parse_target(text)
    assert (target.change, target.base, target.kind) == (change, base, kind)


def test_standards_are_as_printed() -> None:
    assert parse_target("符合ＧＢ/T 9704、《档案数字化规范》").standards == (
        "ＧＢ/T 9704",
        "《档案数字化规范》",
    )


def test_soft_words_are_found_beside_numbers_too() -> None:
    assert parse_target("稳步提升").soft_words == ("稳步", "提升")
    assert parse_target("提升5%").soft_words == ("提升",)


# --- three cells -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "joined"),
    [
        (("≥", "95", "%"), "≥95%"),
        (("=", "优", ""), "优"),
        (("定性", "优良中低差", ""), "优良中低差"),
        (("≥", "500", "平方米"), "≥500平方米"),
        (("≥", "500平方米", "平方米"), "≥500平方米"),
        (("≥", "95％", "%"), "≥95％"),
        (("≤", "12", "月"), "≤12月"),
        (("≤", "5万", "万元"), "≤5万元"),
        ((">=", "95", "%"), "≥95%"),
        (("≥", "≥95", "%"), "≥95%"),
        (("≥", "不低于95", "%"), "不低于95%"),
        (("＝", "12", "次"), "=12次"),
        (("=", "2026年11月底前", "月"), "2026年11月底前"),
        (("", "12", "次"), "12次"),
        (("=", "否", "/"), "否"),
        (("≥", "", "台"), ""),
        ((" ≤ ", " 450 ", " 元/人·天 "), "≤450元/人·天"),
    ],
)
def test_join_target(cells: tuple[str, str, str], joined: str) -> None:
    assert join_target(*cells) == joined


# --- properties ------------------------------------------------------------------

_HALF = "".join(chr(c) for c in range(0x21, 0x7F) if chr(c) not in "(),:;!?")
_FULL = _HALF.translate({ord(c): ord(c) + 0xFEE0 for c in _HALF})
_TO_FULL = str.maketrans(_HALF, _FULL)

_PIECES = """≥ ≤ > < = >= 不低于 不超过 以上 以内 左右 每 每月 每季度 按月 2026年 12月 31日 前 底 月 日 年 季度 第三 一 两 三百 半 百分之 零 无
    九成 12 3.5 3,480 0 % ‰ 万 万元 元 /人·天 台 次 平方米 亩 个 百分点 % - ~ 至 : / + GB/T 9704 《 》 “ ” 〔2022〕 29号 十四五 12345 热线 较上年 提高
    下降 到 通过 验收 及时 事故 全覆盖 优 良 是 XX ** 预算 ， 、 （ ） 。 """.split()
pieces = st.sampled_from([*_PIECES, " ", "\n"])
values = st.lists(pieces, max_size=9).map("".join)
numbers = st.integers(0, 99999).map(str) | st.decimals(
    "0.01", "999", places=2, allow_nan=False, allow_infinity=False
).map(str)
units = st.sampled_from(
    "台 人次 元 万元 % ‰ 平方米 亩 公里 吨 小时 个工作日 元/人·天 次/年 个百分点".split()
)


def facts(target: Target) -> tuple[object, ...]:
    """Everything but text and spans."""
    bare = [dataclasses.replace(q, span=(0, 0)) for q in target.quantities]
    when = [dataclasses.replace(m, span=(0, 0)) for m in target.moments]
    return (target.kind, bare, when, target.frequency, target.change, target.base)


@given(st.text(max_size=200) | values)
def test_never_raises_and_spans_lie_in_the_text(text: str) -> None:
    target = parse_target(text)
    assert target.text == text
    for part in (*target.quantities, *target.moments):
        start, end = part.span
        assert 0 <= start < end <= len(text)
        assert text[start:end].strip()
    assert all(s in text for s in target.standards)


@given(values)
def test_the_span_holds_the_number(text: str) -> None:
    numerals = set("零〇一二两三四五六七八九十百千万亿半")
    for quantity in parse_target(text).quantities:
        spanned = text[slice(*quantity.span)]
        assert any(c.isdigit() or c in numerals for c in spanned)


@given(values)
def test_full_width_says_the_same(text: str) -> None:
    assert facts(parse_target(text.translate(_TO_FULL))) == facts(parse_target(text))


@given(numbers, units, st.sampled_from(["≥", "≤", "不低于", "不超过", "至少", ">", "="]))
def test_a_comparator_never_removes_a_quantity(number: str, unit: str, sign: str) -> None:
    plain, signed = parse_target(number + unit), parse_target(sign + number + unit)
    assert [(q.value, q.unit) for q in signed.quantities] == [
        (q.value, q.unit) for q in plain.quantities
    ]
    assert signed.quantities
    assert signed.kind == plain.kind


@given(values, st.sampled_from(["≥", "≤", "不低于", "不超过"]))
def test_a_comparator_before_any_value_keeps_its_quantities(text: str, sign: str) -> None:
    assert len(parse_target(sign + text).quantities) >= len(parse_target(text).quantities)


@given(st.sampled_from(["≥", "≤", ">", "<", "=", "不低于", "不超过"]), numbers, units)
def test_three_cells_equal_one(sign: str, number: str, unit: str) -> None:
    joined = join_target(sign, number, unit)
    assert facts(parse_target(joined)) == facts(parse_target(sign + number + unit))
    assert join_target(sign, sign + number + unit, unit) == joined
    assert join_target("", joined, unit) == joined


@given(st.text(max_size=20), st.text(max_size=20), st.text(max_size=20))
def test_join_never_raises_nor_loses_the_value(sign: str, value: str, unit: str) -> None:
    assert value.strip() in join_target(sign, value, unit)


@pytest.mark.parametrize(
    "part", ["人", "次", "每", "1", "一", "≥", "/", "前", "《", "9,", "X", "一人", "a1", "月"]
)
def test_long_runs_do_not_blow_up(part: str) -> None:
    """A pattern with nested repeats would hang here for ages."""
    assert parse_target(part * 1000 + "末尾字").kind
