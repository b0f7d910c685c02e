"""The store on SQLite and on PostgreSQL: what is kept, undone, done once, done side by side."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine

from scorer.forms import Form, Indicator, JudgedSubmission, Submission
from scorer.judge import judge
from scorer.pipeline import read_input
from scorer.sidecar import Sidecar
from scorer.web import batches, codec, drafts
from scorer.web.batches import DISMISS, Decision
from scorer.web.cells import set_cell
from scorer.web.clerk import example_form
from scorer.web.drafts import Edit, StaleRowsError
from scorer.web.store import StoreError, open_store
from scorer.web.tables import metadata

SAMPLES = Path(__file__).parent.parent / "data" / "samples"
BINARIES = next(iter(sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)), None)
INITDB = shutil.which("initdb") or (str(BINARIES / "initdb") if BINARIES else None)
SUBMISSION = Submission("表.xlsx", forms=(example_form(), Form(project="另一张")))


@pytest.fixture(scope="module")
def postgres() -> Iterator[str]:
    """A PostgreSQL of our own on a socket in a temporary folder; its address."""
    if INITDB is None:
        pytest.skip("没有装 PostgreSQL，只测 SQLite")
    home = Path(tempfile.mkdtemp(prefix="pg"))
    # PostgreSQL never runs as root.
    account = "postgres" if os.getuid() == 0 else None
    if account:
        shutil.chown(home, account)
    run = {"user": account, "cwd": home, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    made = [
        INITDB,
        "-D",
        str(home / "data"),
        "-U",
        "jixiao",
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--no-sync",
    ]
    subprocess.run(made, check=True, **run)  # type: ignore[call-overload]
    binary = str(Path(INITDB).resolve().with_name("postgres"))
    started = [binary, "-D", str(home / "data"), "-k", str(home), "-h", "", "-F"]
    server = subprocess.Popen(started, **run)  # type: ignore[call-overload]
    try:
        for _ in range(200):
            if (home / ".s.PGSQL.5432").exists():
                break
            time.sleep(0.05)
        yield f"postgresql://jixiao@/postgres?host={home}"
    finally:
        server.terminate()
        server.wait(30)
        shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    address = str(tmp_path / "s.db")
    if request.param == "postgresql":
        address = request.getfixturevalue("postgres")
    engine = open_store(address)
    yield engine
    engine.dispose()


def typed(mark: str, cell: str, text: str, group: str = "") -> Edit:
    return Edit(mark, f"set {cell} {group}", lambda f: set_cell(f, cell, text), merge=bool(group))


def value(engine: Engine, key: str, n: int = 0, row: int = 0) -> str:
    draft = drafts.load(engine, key)
    assert draft is not None
    return draft.submission.forms[n].indicators[row].value


def new_draft(engine: Engine) -> str:
    return drafts.create(engine, "表.xlsx", b"PK", SUBMISSION, [51.2, 10.0])


def test_draft_comes_back_as_it_was(engine: Engine) -> None:
    draft = drafts.load(engine, new_draft(engine))
    assert draft is not None
    assert draft.submission == SUBMISSION
    assert (draft.name, draft.data, draft.first_totals) == ("表.xlsx", b"PK", (51.2, 10.0))
    assert drafts.load(engine, "no-such-draft") is None


def test_edits_undo_one_by_one_typing_as_one(engine: Engine) -> None:
    key = new_draft(engine)
    for n, text in enumerate(["4", "40", "400"]):
        drafts.apply(engine, key, 0, [typed(f"a{n}", "0:value", text, "g1")])
    drafts.apply(engine, key, 0, [typed("b", "0:value", "≥400人")])
    drafts.apply(engine, key, 1, [Edit("c", "add", lambda f: replace(f, unit="别处"))])
    assert drafts.load(engine, key).edits == (2, 1)  # type: ignore[union-attr]
    drafts.undo(engine, key, 0)
    assert value(engine, key) == "400"
    drafts.undo(engine, key, 0)
    assert value(engine, key) == "按需要"
    assert drafts.undo(engine, key, 0) is None
    assert drafts.load(engine, key).submission.forms[1].unit == "别处"  # type: ignore[union-attr]


def test_edit_that_arrives_twice_is_done_once(engine: Engine) -> None:
    key = new_draft(engine)
    more = Edit("once", "add", lambda f: replace(f, indicators=(*f.indicators, f.indicators[0])))
    before = len(SUBMISSION.forms[0].indicators)
    for _ in range(3):
        drafts.apply(engine, key, 0, [more])
    draft = drafts.load(engine, key)
    assert draft is not None
    assert len(draft.submission.forms[0].indicators) == before + 1


def test_failed_edit_leaves_the_draft_as_it_was(engine: Engine) -> None:
    key = new_draft(engine)

    def broken(_: Form) -> Form:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        drafts.apply(engine, key, 0, [typed("a", "0:value", "x"), Edit("b", "add", broken)])
    assert value(engine, key) == "按需要"
    assert drafts.load(engine, key).edits == (0, 0)  # type: ignore[union-attr]


def test_two_windows_edit_the_same_form_and_lose_nothing(engine: Engine) -> None:
    key = new_draft(engine)
    rows = range(len(SUBMISSION.forms[0].indicators))
    threads = [
        threading.Thread(
            target=drafts.apply, args=(engine, key, 0, [typed(f"w{n}", f"{n}:value", f"第{n}")])
        )
        for n in rows
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [value(engine, key, 0, n) for n in rows] == [f"第{n}" for n in rows]


def test_edit_made_on_other_rows_is_refused(engine: Engine) -> None:
    """Cells are named by row: after a row is gone, an edit made before must not hit its neighbour."""
    key = new_draft(engine)

    def without_first(form: Form) -> Form:
        return replace(form, indicators=form.indicators[1:])

    drafts.apply(engine, key, 0, [replace(typed("a", "5:value", "好"), shape=0)])
    drafts.apply(engine, key, 0, [Edit("b", "delete", without_first, shape=0)])
    with pytest.raises(StaleRowsError):
        drafts.apply(engine, key, 0, [replace(typed("c", "5:value", "错行"), shape=0)])
    drafts.apply(engine, key, 0, [replace(typed("d", "5:value", "对"), shape=1)])
    assert value(engine, key, 0, 5) == "对"
    drafts.undo(engine, key, 0)
    drafts.undo(engine, key, 0)  # the row is back: the numbers change again
    assert drafts.load(engine, key).shapes[0] == 2  # type: ignore[union-attr]


def test_batch_keeps_what_was_judged_and_decided(engine: Engine) -> None:
    key = batches.create(engine, "第一轮", [("甲.xlsx", b"1"), ("乙.pdf", b"2")])
    first, second = batches.pending(engine, key)
    assert batches.file_of(engine, second) == ("乙.pdf", b"2")
    judged = judge(Submission("甲.xlsx", forms=(example_form(),)), sidecar=Sidecar())
    batches.save(engine, first, [judged])
    assert batches.judged_of(engine, key) == [(first, (judged,))]
    found = batches.find(engine, key)
    assert found is not None
    assert (found.files, found.done) == (2, 1)

    finding = judged.forms[0].findings[0]
    unit = batches.unit_of(judged.forms[0], judged)
    before = batches.stamp(engine)
    batches.decide(engine, Decision(unit, finding.fingerprint, DISMISS, "甲", finding.code, "项目"))
    batches.decide(engine, Decision(unit, finding.fingerprint, DISMISS, "乙", finding.code, "项目"))
    assert batches.stamp(engine) != before
    batches.set_points(engine, unit, example_form().project or "", 2025, "条件充分性", 8.5)
    sidecar = batches.sidecar_of(
        judged, batches.decided(engine, {unit}), batches.points_by_hand(engine, {unit})
    )
    assert [d.reason for d in sidecar.dismissals] == ["乙"]
    assert sidecar.items == {"社区老年食堂助餐服务": {"条件充分性": 8.5}}
    batches.remove(engine, key)
    assert batches.pending(engine, key) == []
    assert batches.decided(engine, {unit})  # a decision belongs to the unit, not to the batch


def test_migrations_make_the_tables_that_the_code_knows(engine: Engine) -> None:
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_opening_again_changes_nothing(tmp_path: Path) -> None:
    key = new_draft(open_store(str(tmp_path / "s.db")))
    assert drafts.load(open_store(str(tmp_path / "s.db")), key) is not None


def test_password_is_not_printed() -> None:
    with pytest.raises(StoreError) as caught:
        open_store("postgresql://clerk:secret@127.0.0.1:1/none")
    assert "secret" not in str(caught.value)


# --- the codec ------------------------------------------------------------------


@pytest.mark.parametrize("path", sorted(SAMPLES.iterdir()), ids=lambda p: p.suffix)
def test_real_documents_survive_the_codec(path: Path) -> None:
    for submission in read_input(str(path)):
        judged = judge(submission, sidecar=Sidecar())
        back = codec.load(tuple[JudgedSubmission, ...], codec.dump((judged,)))
        assert back == (judged,)


@given(
    st.builds(
        Indicator,
        level1=st.text(max_size=5),
        level2=st.text(max_size=5),
        name=st.text(),
        value=st.text(),
        weight=st.none() | st.text(max_size=3),
    ).flatmap(
        lambda row: st.builds(
            Form,
            project=st.none() | st.text(),
            indicators=st.just((row,)),
            annual_yuan=st.none()
            | st.integers()
            | st.decimals(allow_nan=False, allow_infinity=False, places=2),
        )
    )
)
def test_any_form_survives_the_codec(form: Form) -> None:
    assert codec.load(Form, codec.dump(form)) == form


@pytest.mark.parametrize("data", [b"", b"x", b"\x80\x04."])
def test_foreign_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="Form"):
        codec.load(Form, data)
