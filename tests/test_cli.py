"""The commands as a clerk and another program meet them: output, exit codes, bad input."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "data" / "samples"
TEXT_SAMPLES = sorted(SAMPLES.glob("*.txt"))


def jixiao(
    *args: object, data: bytes | None = None, env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "scorer", *map(str, args)]
    return subprocess.run(
        command, input=data, capture_output=True, env={**os.environ, **(env or {})}, check=False
    )


def schema(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(
        (ROOT / "docs" / "schema" / f"{name}.schema.json").read_text("utf-8")
    )
    return loaded


def test_help_is_chinese_and_lists_every_command() -> None:
    text = jixiao("--help").stdout.decode()
    assert "用法：" in text
    assert "退出码" in text
    for command in ("score", "check", "parse", "rule", "profile"):
        assert command in text
        page = jixiao(command, "--help").stdout.decode()
        assert page.startswith("用法：")
        assert "Usage" not in page
        assert "Options" not in page


def test_help_starts_light() -> None:
    """Neither --help nor a rule's page loads the heavy libraries."""
    program = (
        "import sys\nfrom scorer.cli import app\n"
        "for args in (['--help'], ['rule', 'M201']):\n"
        "    app(args, standalone_mode=False)\n"
        "heavy = {'pandas', 'sklearn', 'jieba', 'scipy', 'pypdfium2', 'openpyxl', 'lxml'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"[]\n")


def test_json_of_parse_fits_its_schema_and_is_an_input() -> None:
    parsed = jixiao("parse", *TEXT_SAMPLES, "--format", "json")
    assert parsed.returncode == 0
    jsonschema.validate(json.loads(parsed.stdout), schema("forms"))
    direct = json.loads(jixiao("score", *TEXT_SAMPLES, "-f", "json").stdout)
    piped = json.loads(jixiao("score", "-", "-f", "json", data=parsed.stdout).stdout)
    jsonschema.validate(direct, schema("scores"))
    totals = [f["review"]["total"] for d in direct["documents"] for f in d["forms"]]
    assert totals == [f["review"]["total"] for d in piped["documents"] for f in d["forms"]]
    findings = [[f["fingerprint"] for f in d["findings"]] for d in direct["documents"]]
    assert findings == [[f["fingerprint"] for f in d["findings"]] for d in piped["documents"]]


def test_json_with_missing_keys_is_an_input() -> None:
    form = {
        "project": "档案数字化",
        "indicators": [{"level2": "数量指标", "name": "页数", "value": "若干"}],
    }
    data = json.dumps({"documents": [{"forms": [form]}]}, ensure_ascii=False).encode()
    scored = json.loads(jixiao("score", "-", "-f", "json", data=data).stdout)
    codes = {f["code"] for f in scored["documents"][0]["forms"][0]["findings"]}
    assert codes & {"M201", "M202"}


def test_csv_opens_in_excel_and_is_not_a_formula() -> None:
    out = jixiao("score", *TEXT_SAMPLES, "--format", "csv").stdout
    assert out.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(out.decode("utf-8-sig"))))
    assert {len(row) for row in rows} == {len(rows[0])}
    assert not any(cell[:1] in "=+-@" for row in rows for cell in row if cell)


def test_output_file_is_written_whole(tmp_path: Path) -> None:
    target = tmp_path / "结果.json"
    done = jixiao("score", *TEXT_SAMPLES, "-f", "json", "-o", target)
    assert (done.returncode, done.stdout) == (0, b"")
    assert json.loads(target.read_text("utf-8"))["schema"] == "jixiao/scores/1"
    assert [p.name for p in tmp_path.iterdir()] == ["结果.json"]


@pytest.mark.parametrize("encoding", ["gbk", "ascii", "latin-1"])
def test_narrow_consoles_do_not_crash(encoding: str) -> None:
    done = jixiao("score", *TEXT_SAMPLES, "-v", env={"PYTHONIOENCODING": encoding})
    assert done.returncode == 0
    assert b"Traceback" not in done.stderr
    forms = jixiao("score", *TEXT_SAMPLES, "-f", "json", env={"PYTHONIOENCODING": encoding})
    json.loads(forms.stdout.decode("utf-8"))


def test_exit_codes(tmp_path: Path) -> None:
    good = SAMPLES / TEXT_SAMPLES[0].name
    assert jixiao("score", good).returncode == 0
    assert jixiao("check", good).returncode == 1
    assert jixiao("check", good, tmp_path / "没有这个文件.pdf").returncode == 3
    assert jixiao("score", "--profil", "x", good).returncode == 2
    assert jixiao("score", "--profile", "山西省", good).returncode == 2
    assert jixiao("rule", "M999").returncode == 2
    assert jixiao("scor").returncode == 2
    assert jixiao("score").returncode == 2


def test_wrong_use_names_the_cure() -> None:
    assert "--profile" in jixiao("score", "--profil", "x", "a").stderr.decode()
    assert "default" in jixiao("score", "--profile", "defualt", "a").stderr.decode()
    assert "M201" in jixiao("rule", "M2O1").stderr.decode()


def bad_files(folder: Path) -> dict[str, str]:
    """Unreadable files by name, each with a word its line must hold."""
    (folder / "空.txt").write_bytes(b"")
    (folder / "照片.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40)
    (folder / "零.txt").write_bytes(b"0" * 200_000_000)
    (folder / "日文.txt").write_bytes(
        "予算の目標は次のとおりです。わたしたちの町\n".encode("shift-jis") * 50
    )
    return {"空.txt": "空", "照片.txt": "图片", "零.txt": "", "日文.txt": "编码"}


def test_bad_files_give_one_line_each_and_the_rest_is_done(tmp_path: Path) -> None:
    expected = bad_files(tmp_path)
    (tmp_path / "好.txt").write_bytes(TEXT_SAMPLES[0].read_bytes())
    done = jixiao("score", tmp_path, "-f", "json")
    assert done.returncode == 3
    documents = json.loads(done.stdout)["documents"]
    by_name = {Path(d["path"]).name: d for d in documents}
    assert by_name["好.txt"]["forms"]
    for name, word in expected.items():
        problems = by_name[name]["problems"]
        assert len(problems) == 1, name
        assert word in problems[0]["message"], name
        assert problems[0]["remedy"]
        assert "\n" not in problems[0]["message"]


def test_check_lines_point_at_the_line_of_the_file() -> None:
    source = TEXT_SAMPLES[0]
    lines = source.read_text("utf-8-sig").split("\n")
    scored = json.loads(jixiao("score", source, "-f", "json").stdout)
    checked = 0
    for form in scored["documents"][0]["forms"]:
        for finding in form["findings"]:
            if finding["indicator"] is not None and finding["evidence"]:
                assert finding["evidence"][:4] in lines[finding["place"]["line"] - 1]
                checked += 1
    assert checked > 5
