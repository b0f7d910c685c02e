"""Writes the Word template of the 审核意见 that ships with the program.

A bureau that wants other words edits the .docx itself in Word (docs: {{ … }} are fields,
{% … %} repeat and choose) and passes it as `jixiao rank --template`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

TARGET = Path(__file__).parent.parent / "scorer" / "reports" / "templates" / "opinion.docx"
WIDTHS = (2.8, 1.3, 1.5, 10.2)  # of the sheet's columns, cm


def main() -> None:
    """Write the template."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.6)
    section.top_margin = section.bottom_margin = Cm(2.5)
    _fonts(document)
    _page_numbers(section.footer.paragraphs[0])
    _opinion(document)
    document.add_page_break()
    _sheets(document)
    document.save(str(TARGET))


def _fonts(document: Any) -> None:
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Times New Roman", Pt(12)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), "仿宋")
    normal.paragraph_format.line_spacing = 1.35
    normal.paragraph_format.space_after = Pt(0)


def _line(
    document: Any,
    text: str,
    *,
    font: str = "",
    size: float = 0,
    bold: bool = False,
    indent: bool = True,
    before: float = 0,
    align: WD_ALIGN_PARAGRAPH | None = None,
    keep: bool = False,
) -> None:
    paragraph = document.add_paragraph()
    shape = paragraph.paragraph_format
    shape.first_line_indent = Pt(24) if indent else None
    shape.space_before, shape.keep_with_next = Pt(before), keep
    paragraph.alignment = align
    run = paragraph.add_run(text)
    run.bold = bold
    if size:
        run.font.size = Pt(size)
    if font:
        run.font.name = "Times New Roman"
        run._element.rPr.rFonts.set(qn("w:eastAsia"), font)


def _head(document: Any, text: str) -> None:
    _line(document, text, font="黑体", size=14, before=10, keep=True)


def _opinion(document: Any) -> None:
    centre, right = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
    _line(
        document,
        "{{ year }}项目支出绩效目标审核意见",
        font="黑体",
        size=18,
        indent=False,
        align=centre,
    )
    _line(document, "{{ unit }}：", indent=False, before=14)
    _line(
        document,
        "你单位报送的{{ count }}个项目支出绩效目标表收悉，涉及资金{{ money }}万元。我们按照"
        "《中央部门预算绩效目标管理办法》（财预〔2015〕88号）等规定作了审核，现将意见反馈如下，请研究修改。",
    )  # fmt: skip
    _head(document, "一、总体情况")
    _line(document, "{{ overall }}")
    _line(document, "{%p for g in grades %}", indent=False)
    _line(document, "{{ g.grade }}等{{ g.count }}个，{{ g.consequence }}：{{ g.projects }}。")
    _line(document, "{%p endfor %}", indent=False)
    _head(document, "二、分项目意见")
    _line(document, "{%p for f in forms %}", indent=False)
    _line(
        document,
        "{{ f.number }}{{ f.project }}（{{ f.money }}）",
        font="楷体",
        bold=True,
        before=8,
        keep=True,
    )
    _line(document, "{%p if f.first %}", indent=False)
    _line(document, "{{ f.first }}")
    _line(document, "{%p endif %}", indent=False)
    _line(document, "{%p for r in f.remarks %}", indent=False)
    _remark(document)
    _line(document, "{%p endfor %}", indent=False)
    _line(document, "{%p if f.note %}", indent=False)
    _line(document, "{{ f.note }}")
    _line(document, "{%p endif %}", indent=False)
    _line(document, "{%p endfor %}", indent=False)
    _line(document, "{%p if documents %}", indent=False)
    _head(document, "三、同一份文件中其他内容的勾稽问题")
    _line(document, "{%p for r in documents %}", indent=False)
    _remark(document)
    _line(document, "{%p endfor %}", indent=False)
    _line(document, "{%p endif %}", indent=False)
    _line(document, "{%p if unread %}", indent=False)
    _head(document, "未能读取的内容（未评审）")
    _line(document, "{%p for line in unread %}", indent=False)
    _line(document, "{{ line }}")
    _line(document, "{%p endfor %}", indent=False)
    _line(document, "{%p endif %}", indent=False)
    _line(document, "{%p if resubmit %}", indent=False)
    _line(
        document,
        "以上意见请逐条核对。确有特殊情况不宜修改的，请附书面说明。"
        "请于____年__月__日前修改完善后重新报送。",
        before=10,
    )
    _line(document, "{%p else %}", indent=False)
    _line(document, "以上意见供修改完善时参考，不需要重新报送的项目请直接进入下一步。", before=10)
    _line(document, "{%p endif %}", indent=False)
    _line(document, "附件：项目支出绩效目标审核表（{{ count }}份）", before=8)
    _line(document, "审核单位（盖章）：                    ", indent=False, before=24, align=right)
    _line(document, "____年__月__日                    ", indent=False, align=right)


def _remark(document: Any) -> None:
    _line(document, "{{ loop.index }}. 问题：{{ r.problem }}", before=4)
    _line(document, "{%p if r.basis %}", indent=False)
    _line(document, "依据：{{ r.basis }}")
    _line(document, "{%p endif %}", indent=False)
    _line(document, "{%p if r.advice %}", indent=False)
    _line(document, "建议：{{ r.advice }}")
    _line(document, "{%p endif %}", indent=False)


def _sheets(document: Any) -> None:
    _line(document, "附件", font="黑体", size=14, indent=False)
    _line(document, "{%p for f in forms %}", indent=False)
    _line(
        document, "项目支出绩效目标审核表", font="黑体", size=14, indent=False, before=12,
        align=WD_ALIGN_PARAGRAPH.CENTER, keep=True,
    )  # fmt: skip
    _line(
        document,
        "{{ f.number }}{{ f.project }}　　单位：{{ unit }}　　金额：{{ f.money }}",
        indent=False,
        keep=True,
    )
    table = document.add_table(rows=0, cols=4)
    table.style = "Table Grid"
    table.autofit = False
    _row(table, "审核内容", "分值", "得分", "扣分说明")
    _row(table, "{%tr for i in f.sheet %}")
    _row(table, "{{ i.item }}", "{{ i.max }}", "{{ i.score }}", "{{ i.why }}")
    _row(table, "{%tr endfor %}")
    _row(
        table,
        "合计",
        "100",
        "{{ f.total }}",
        "{{ f.grade }}：{{ f.consequence }}。{{ f.caps }}",
        last=True,
    )
    for column, width in zip(table.columns, WIDTHS, strict=True):
        column.width = Cm(width)
    _line(document, "{%p endfor %}", indent=False)


def _row(table: Any, *texts: str, last: bool = False) -> None:
    row = table.add_row()
    row._tr.get_or_add_trPr().append(row._tr.makeelement(qn("w:cantSplit"), {}))
    for cell, text, width in zip(row.cells, [*texts, "", "", ""][:4], WIDTHS, strict=True):
        cell.width = Cm(width)
        paragraph = cell.paragraphs[0]
        shape = paragraph.paragraph_format
        shape.line_spacing, shape.space_before, shape.space_after = 1.0, Pt(2), Pt(2)
        shape.keep_with_next = not last  # a sheet stays on one page
        run = paragraph.add_run(text)
        run.font.size = Pt(10.5)


def _page_numbers(paragraph: Any) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field = paragraph._p.makeelement(qn("w:fldSimple"), {qn("w:instr"): "PAGE"})
    paragraph._p.append(field)


if __name__ == "__main__":
    main()
