"""What the ledger of a made budget document must hold, by name, in yuan."""

from __future__ import annotations

from decimal import Decimal

from scorer.forms import Amount, Ledger, Submission

from .budget import Book

D = Decimal


def wanted(book: Book) -> dict[str, Decimal]:
    """Every figure of the book that a table or the narrative prints."""
    goods, works, services = book.procurement
    facts = {
        "收入总计": book.total,
        "支出总计": book.total,
        "机关运行经费": book.office,
        "采购货物": goods,
        "采购工程": works,
        "采购服务": services,
        "采购总额": D(book.told.get("procurement", goods + works + services)),
        "绩效管理金额": sum((v for _, v in book.projects), D(0)),
        **{f"项目 {name}": value for name, value in book.projects},
        **{f"结转 {name}": value for name, value in book.carryover},
    }
    for name, value in zip(
        ("因公出国", "公务接待", "购置费", "运行维护"), book.three_public, strict=True
    ):
        if value is not None:
            facts[f"三公 {name}"] = value
    found = {name: value * 10000 for name, value in facts.items()}
    found["绩效管理项目数"] = D(len(book.projects))
    return found


def read(submission: Submission) -> dict[str, Decimal]:
    """The same figures as they were read; zero sums count as blank."""
    ledger = submission.ledger
    facts: dict[str, Decimal] = {}
    for name in ("收入总计", "支出总计"):
        _put(facts, name, ledger.totals.get(name))
    _put(facts, "机关运行经费", ledger.operating)
    for name in ("货物", "工程", "服务", "总额"):
        _put(facts, f"采购{name}", ledger.procurement.get(name))
    for amount in ledger.projects:
        _put(facts, f"项目 {amount.name}", amount)
    for amount in ledger.carryover:
        _put(facts, f"结转 {amount.name}", amount)
    for key in ("因公出国", "公务接待", "购置费", "运行维护"):
        for name, amount in ledger.three_public.items():
            if key in name:
                _put(facts, f"三公 {key}", amount)
    _managed(facts, ledger)
    return facts


def _managed(facts: dict[str, Decimal], ledger: Ledger) -> None:
    stated = next((s for s in ledger.managed if s.kind == "projects"), None)
    if stated and stated.yuan is not None:
        facts["绩效管理金额"] = D(stated.yuan)
    if stated and stated.count is not None:
        facts["绩效管理项目数"] = D(stated.count)


def _put(facts: dict[str, Decimal], name: str, amount: Amount | None) -> None:
    if amount is not None:
        facts[name] = D(amount.yuan)


def differences(submission: Submission, book: Book) -> list[str]:
    """Figures that were lost, invented or read wrong; a missing zero is none."""
    want, got = wanted(book), read(submission)
    return [
        f"{name}: {want.get(name)} read as {got.get(name)}"
        for name in sorted(want.keys() | got.keys())
        if want.get(name, D(0)) != got.get(name, D(0))
    ]
