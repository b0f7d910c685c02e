"""CSV, Markdown, ODS, and scans of printed pages."""

from __future__ import annotations

import io

import numpy as np
import pypdfium2
from PIL import Image, ImageDraw, ImageFilter

from tests.bureaus import excel_papers, html_papers, pdf_papers  # noqa: F401  # register
from tests.bureaus.catalogue import PAPERS, Paper, paper
from tests.bureaus.programs import conversion

CSV = """
= 村级公益事业奖补
unit 高台镇财政所
goal_annual 建设奖补项目22个
a|产出|数量|奖补项目个数|≥22个
a|产出|质量|验收合格率|≥97%
a|效益|社会|受益人口|≥1.1万人
a|满意|满意|村民满意度|≥90%
= 村干部报酬
unit 高台镇财政所
goal_annual 足额发放报酬
a|产出|数量|发放人数|=86人
a|产出|时效|发放及时率|=100%
a|满意|满意|村干部满意度|≥95%
"""


@paper("分号分隔的清单", ".csv", CSV)
def semicolons() -> bytes:
    lines = [
        "项目支出绩效目标表;;;;;;;;",
        "预算单位;项目名称;年度绩效目标;一级指标;二级指标;三级指标;指标性质;指标值;度量单位",
        "高台镇财政所;村级公益事业奖补;建设奖补项目22个;产出指标;数量指标;奖补项目个数;≥;22;个",
        "高台镇财政所;村级公益事业奖补;建设奖补项目22个;产出指标;质量指标;验收合格率;≥;97;%",
        "高台镇财政所;村级公益事业奖补;建设奖补项目22个;效益指标;社会效益指标;受益人口;≥;1.1;万人",
        "高台镇财政所;村级公益事业奖补;建设奖补项目22个;满意度指标;服务对象满意度指标;村民满意度;≥;90;%",
        '高台镇财政所;村干部报酬;"足额发放报酬";产出指标;数量指标;发放人数;=;86;人',
        "高台镇财政所;村干部报酬;足额发放报酬;产出指标;时效指标;发放及时率;=;100;%",
        "高台镇财政所;村干部报酬;足额发放报酬;满意度指标;服务对象满意度指标;村干部满意度;≥;95;%",
    ]
    return "\r\n".join(lines).encode("gb18030")


FORM_CSV = """
= 智慧停车平台运维
unit 宁浦市停车管理中心
annual_yuan 865000
goal_annual 平台全年可用率不低于99.5%。
a|成本|经济成本|运维费用|≤86.5万元
a|产出|质量|平台可用率|≥99.5%
a|效益|社会|违停投诉量|≤600件
a|满意|满意|车主满意度|≥90%
"""


@paper("单表另存的CSV", ".csv", FORM_CSV)
def form_as_csv() -> bytes:
    return (
        "\ufeff项目支出绩效目标表,,,,\n（2025年度）,,,,\n项目名称,智慧停车平台运维,,,\n"
        '预算单位,宁浦市停车管理中心,,年度资金总额（元）,"865,000.00"\n'
        "年度绩效目标,平台全年可用率不低于99.5%。,,,\n一级指标,二级指标,三级指标,指标值,备注\n"
        "成本指标,经济成本指标,运维费用,≤86.5万元,\n产出指标,质量指标,平台可用率,≥99.5%,\n"
        "效益指标,社会效益指标,违停投诉量,≤600件,\n满意度指标,服务对象满意度指标,车主满意度,≥90%,\n"
        "填表人：周,,,联系电话：,\n"
    ).encode()


@paper("Markdown表", ".md", FORM_CSV, held=True)
def markdown() -> bytes:
    return (
        "# 项目支出绩效目标表\n\n| 项目 | 内容 |\n| --- | --- |\n| 项目名称 | 智慧停车平台运维 |\n"
        "| 预算单位 | 宁浦市停车管理中心 |\n| 年度资金总额（元） | 865,000 |\n"
        "| 年度绩效目标 | 平台全年可用率不低于99.5%。 |\n\n"
        "| 一级指标 | 二级指标 | 三级指标 | 指标值 |\n|:--|:--|:--|--:|\n"
        "| 成本指标 | 经济成本指标 | 运维费用 | ≤86.5万元 |\n| 产出指标 | 质量指标 | 平台可用率 | ≥99.5% |\n"
        "| 效益指标 | 社会效益指标 | 违停投诉量 | ≤600件 |\n"
        "| 满意度指标 | 服务对象满意度指标 | 车主满意度 | ≥90% |\n"
    ).encode()


def _wanted(name: str) -> Paper:
    return next(item for item in PAPERS if item.name == name)


def also(source: str, suffix: str, held: bool = False) -> None:
    """The same document converted by LibreOffice; the same must be read."""
    item = _wanted(source)
    to = suffix.removeprefix(".")
    make = conversion(to, item.suffix, item.make)
    PAPERS.append(Paper(f"{source}转{to}", suffix, make, item.wanted, held, slow=True))


also("有说明页和隐藏页的申报表", ".ods")
also("湘22表", ".xls", held=True)
also("渝表两级表头", ".xlsx", held=True)
also("有说明页和隐藏页的申报表", ".pdf")
also("表中套表", ".pdf", held=True)


# --- scans ------------------------------------------------------------------------------


def scanned(
    data: bytes, dpi: int, tilt: float, noise: float, stamp: bool = True
) -> list[Image.Image]:
    """Pages drawn, tilted, blurred a little, with grain and a round red seal."""
    document = pypdfium2.PdfDocument(data)
    grain = np.random.default_rng(11)
    pages = []
    for page in document:
        image = page.render(scale=dpi / 72).to_pil().convert("RGB")
        if stamp:
            draw = ImageDraw.Draw(image)
            r, x, y = dpi * 0.7, image.width * 0.72, image.height * 0.8
            draw.ellipse(
                (x - r, y - r, x + r, y + r), outline=(205, 40, 40), width=max(3, dpi // 40)
            )
        image = image.rotate(tilt, fillcolor=(250, 250, 247), resample=Image.Resampling.BICUBIC)
        image = image.filter(ImageFilter.GaussianBlur(dpi / 400))
        pixels = np.asarray(image).astype(np.int16)
        pixels = pixels + grain.normal(0, noise, pixels.shape[:2])[..., None] - 8
        pages.append(Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8)))
    document.close()
    return pages


def as_pdf(pages: list[Image.Image], dpi: int) -> bytes:
    stream = io.BytesIO()
    pages[0].save(stream, "PDF", resolution=dpi, save_all=True, append_images=pages[1:], quality=70)
    return stream.getvalue()


@paper("150dpi扫描、歪、带章", ".pdf", pdf_papers.expected("口袋公园建设", "青浦市园林处", 2860000, pdf_papers.PARK),
       scan=True, slow=True)  # fmt: skip
def scan_plain() -> bytes:
    c, stream = pdf_papers.canvas()
    d = pdf_papers.Drawing(c, [float(x) for x in pdf_papers.XS], 760, 30)
    d.text(180, 790, "项目支出绩效目标表（2025年度）", 15)
    pdf_papers.ward(d, "口袋公园建设", "青浦市园林处", pdf_papers.PARK, "286")
    c.showPage()
    c.save()
    return as_pdf(scanned(stream.getvalue(), 150, 0.7, 7), 150)


@paper(
    "150dpi扫描两栏", ".jpg", pdf_papers.water("临河县", "城区供水管网改造"), scan=True, slow=True
)
def scan_halves() -> bytes:
    rows = pdf_papers.water_rows("临河县", "城区供水管网改造")
    style = "@page{size:A4;margin:12mm} body{font-size:9pt}"
    data = pdf_papers.printed(
        pdf_papers.page(
            style, "<h2 align=center>项目支出绩效目标申报表</h2>" + pdf_papers.html_table(rows)
        )
    )
    stream = io.BytesIO()
    scanned(data, 150, -0.5, 5)[0].save(stream, "JPEG", quality=75, dpi=(150, 150))
    return stream.getvalue()


def scan_list() -> bytes:
    pages = scanned(pdf_papers.browser_list(), 200, 0.3, 5, stamp=False)
    pages = [p.rotate(90, expand=True) for p in pages]
    stream = io.BytesIO()
    pages[0].save(stream, "TIFF", save_all=True, append_images=pages[1:], compression="tiff_lzw",
                  dpi=(200, 200))  # fmt: skip
    return stream.getvalue()


def scan_shanghai() -> bytes:
    return as_pdf(scanned(_wanted("LibreOffice转的沪式").make(), 150, 0.4, 6), 150)


for _name, _suffix, _make, _source in (
    ("200dpi横放扫描清单", ".tif", scan_list, "浏览器打印表头重复"),
    ("150dpi扫描的沪式", ".pdf", scan_shanghai, "LibreOffice转的沪式"),
):
    PAPERS.append(
        Paper(_name, _suffix, _make, _wanted(_source).wanted, held=True, slow=True, scan=True)
    )
