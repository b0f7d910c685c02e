"""Files that were made to break a reader, each small and quickly made: name -> bytes."""

from __future__ import annotations

import gzip
import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable

from tests.readers_kit import docx, docx_with, html_table, package, pdf, pdf_table, png, xls, xlsx

SPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def sheet_xlsx(rows: str, after: str = "", strings: str = "") -> bytes:
    """A workbook whose only sheet has the given XML."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx())) as old, zipfile.ZipFile(out, "w", 8) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                content = (
                    f'<worksheet xmlns="{SPACE}"><sheetData>{rows}</sheetData>{after}</worksheet>'
                ).encode()
            if strings and name == "xl/sharedStrings.xml":
                content = strings.encode()
            new.writestr(name, content)
    return out.getvalue()


def merged_million() -> bytes:
    merges = "".join(f'<mergeCell ref="A{r}:B{r}"/>' for r in range(1, 1_000_001))
    row = '<row r="1"><c r="A1"><v>1</v></c></row>'
    return sheet_xlsx(row, f"<mergeCells>{merges}</mergeCells>")


def million_rows() -> bytes:
    cells = "".join(f"<c><v>{c}</v></c>" for c in range(16))
    return sheet_xlsx("".join(f'<row r="{r}">{cells}</row>' for r in range(1, 250_001)))


def laughs(part: str) -> bytes:
    """Billion laughs in one part of a package."""
    entities = "".join(
        f'<!ENTITY a{n} "{"&a" + str(n - 1) + ";" if n else "ha"}{"&a" + str(n - 1) + ";" if n else "ha"}">'
        for n in range(40)
    )
    return package({"[Content_Types].xml": "<Types/>",
                    part: f"<?xml version='1.0'?><!DOCTYPE x [{entities}]><x>&a39;</x>"})  # fmt: skip


def huge_png(side: int) -> bytes:
    """A white picture of side x side one-bit pixels: a few KB that unpack to gigabytes."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    line = b"\0" + b"\xff" * (side // 8)
    packer = zlib.compressobj(9)
    body = b"".join(packer.compress(line) for _ in range(side)) + packer.flush()
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def pdf_of(objects: list[bytes], root: int = 1) -> bytes:
    """A PDF of the given object bodies, with a right cross-reference table."""
    out = b"%PDF-1.5\n"
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"trailer<</Size %d/Root %d 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1, root, start)  # fmt: skip


def one_page(content: bytes, more: list[bytes] | None = None, resources: bytes = b"<<>>") -> bytes:
    packed = zlib.compress(content, 9)
    return pdf_of([
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources %s>>" % resources,
        b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed),
        *(more or []),
    ])  # fmt: skip


def looped_tree() -> bytes:
    return pdf_of([
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 9/Kids[2 0 R 3 0 R 2 0 R]/Parent 2 0 R>>",
        b"<</Type/Page/Parent 3 0 R/Contents 3 0 R/MediaBox 3 0 R/Resources 3 0 R>>",
    ])  # fmt: skip


def looped_form() -> bytes:
    """A drawing that draws itself."""
    inner = b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 5 0 R>>>>/Length 5>>stream\n/X Do\nendstream"
    return one_page(b"/X Do", [inner], b"<</XObject<</X 5 0 R>>>>")


def many_pages() -> bytes:
    kids = b"3 0 R " * 20_000
    return pdf_of([
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 20000/Kids[%s]>>" % kids,
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
    ])  # fmt: skip


def huge_page() -> bytes:
    """A scan on a page of two kilometres."""
    image = (
        b"<</Type/XObject/Subtype/Image/Width 8/Height 8/BitsPerComponent 8/ColorSpace/DeviceGray/Length 64>>stream\n%s\nendstream"
        % (b"\x80" * 64)
    )
    data = one_page(b"q 5000000 0 0 5000000 0 0 cm /I Do Q", [image], b"<</XObject<</I 5 0 R>>>>")
    return data.replace(b"[0 0 595 842]", b"[0 0 5000000 5000000]")


def content_bomb() -> bytes:
    """A page's content that unpacks to 60 MB of lines."""
    return one_page(b"0 0 m 9 9 l S\n" * 4_000_000)


def nested_mail(depth: int) -> bytes:
    data = b"Subject: x\n\nend\n"
    for n in range(depth):
        edge = f"b{n}".encode()
        data = (b'From: a\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="%s"\n\n--%s\n'
                b'Content-Type: message/rfc822\nContent-Disposition: attachment; filename="m.eml"\n\n%s\n--%s--\n'
                % (edge, edge, data, edge))  # fmt: skip
    return data


def quine_like(depth: int) -> bytes:
    data = package({"a.txt": "底"})
    for _ in range(depth):
        data = package({"a.zip": data, "b.zip": data})
    return data


def slip() -> bytes:
    return package(
        {"../../../../tmp/jixiao-slip.html": html_table(), "/etc/jixiao.html": html_table()}
    )


def bomb(size: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", 8) as pack, pack.open("0.txt", "w") as stream:
        for _ in range(size >> 20):
            stream.write(bytes(1 << 20))
    return out.getvalue()


def docx_bomb() -> bytes:
    row = "<w:tr><w:tc><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:tc></w:tr>"
    return docx_with(f"<w:tbl>{row * 400_000}</w:tbl>")


def ods_repeats() -> bytes:
    table = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
    text = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
    office = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
    return package({
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": f'<o:document-content xmlns:o="{office}" xmlns:t="{table}" xmlns:x="{text}"><o:body>'
        '<o:spreadsheet><t:table t:name="a"><t:table-row t:number-rows-repeated="999999999">'
        '<t:table-cell t:number-columns-repeated="999999999"><x:p>x</x:p></t:table-cell></t:table-row>'
        "</t:table></o:spreadsheet></o:body></o:document-content>",
    })  # fmt: skip


def sheet_2003() -> bytes:
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    return (
        f'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="{space}" '
        f'xmlns:ss="{space}"><Worksheet ss:Name="a"><Table><Row ss:Index="999999999"><Cell '
        'ss:Index="999999999" ss:MergeAcross="99999999" ss:MergeDown="99999999"><Data ss:Type="String">x'
        "</Data></Cell></Row></Table></Worksheet></Workbook>"
    ).encode()


def flipped(data: bytes, seed: int, count: int) -> bytes:
    chance = random.Random(seed)
    body = bytearray(data)
    for _ in range(count):
        body[chance.randrange(len(body))] = chance.randrange(256)
    return bytes(body)


FILES: dict[str, Callable[[], bytes]] = {
    "0字节.xlsx": lambda: b"",
    "全零.pdf": lambda: bytes(5000),
    "随机.docx": lambda: random.Random(1).randbytes(60_000),
    "后缀错.pdf": xlsx,
    "无标记UTF16.txt": lambda: ("项目支出绩效目标表\r\n项目名称\t甲\r\n" * 9).encode("utf-16-le"),
    "压缩.gz": lambda: gzip.compress(b"x" * 999),
    "压缩炸弹.zip": lambda: bomb(400 << 20),
    "层层压缩.zip": lambda: quine_like(12),
    "越界路径.zip": slip,
    "百万合并.xlsx": merged_million,
    "四百万格.xlsx": million_rows,
    "远角.xlsx": lambda: sheet_xlsx('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
    "大笑.xlsx": lambda: laughs("xl/workbook.xml"),
    "大笑.docx": lambda: laughs("word/document.xml"),
    "外部实体.docx": lambda: package({"[Content_Types].xml": "<Types/>", "word/document.xml":
        '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'}),
    "四十万行.docx": docx_bomb,
    "重复.ods": ods_repeats,
    "索引.xls": sheet_2003,
    "大图.png": lambda: huge_png(40_000),
    "坏图.png": lambda: png(300, 300)[:200],
    "环.pdf": looped_tree,
    "自画.pdf": looped_form,
    "两万页.pdf": many_pages,
    "巨页.pdf": huge_page,
    "内容炸弹.pdf": content_bomb,
    "只有头.pdf": lambda: b"%PDF-1.7\n",
    "加密.pdf": lambda: pdf(pdf_table, encrypt="geheim"),
    "加密.xls": lambda: xls().replace("Workbook".encode("utf-16-le"), "Encrypte".encode("utf-16-le")),
    "套信.eml": lambda: nested_mail(40),
    "深.html": lambda: b"<div>" * 20_000 + b"<table>" * 3_000 + "文".encode(),
    "宽.html": lambda: b"<table>" + b"<tr><td colspan=99999 rowspan=99999>x</td></tr>" * 300,
    "万列.csv": lambda: (",".join(["值"] * 60_000) + "\n").encode() * 20,
    "长行.txt": lambda: b"a" * 3_000_000,
    "空格.txt": lambda: ("项目名称" + " " * 190_000 + "：\n").encode() * 3,
    "括号.txt": lambda: ("（" * 150_000 + "\n" + "1," * 90_000 + "\n" + "指标1：" * 30_000).encode(),
    "目录.txt": lambda: ("项目支出绩效目标表" + "." * 100_000 + "12\n" + "一、" * 60_000).encode(),
    "管道.md": lambda: ("|" * 100_000 + "\n" + "|-" * 50_000 + "|\n").encode(),
    "坏.rtf": lambda: b"{\\rtf1" + b"{" * 5_000,
    "半个.doc": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
}  # fmt: skip

_WHOLE: dict[str, Callable[[], bytes]] = {
    "xlsx": xlsx, "xls": xls, "docx": docx, "pdf": lambda: pdf(pdf_table),
    "zip": lambda: package({"a.html": html_table(), "b.txt": "你好"}),
}  # fmt: skip


def damaged() -> dict[str, bytes]:
    """Every file above, and whole ones cut off or with bytes changed: more than a hundred."""
    made = {name: make() for name, make in FILES.items()}
    for kind, make in _WHOLE.items():
        whole = make()
        for share in (2, 20, 50, 80, 97):
            made[f"截断{share}.{kind}"] = whole[: len(whole) * share // 100]
        for seed in range(9):
            made[f"翻转{seed}.{kind}"] = flipped(whole, seed, 3 ** (seed % 5 + 1))
    return made
