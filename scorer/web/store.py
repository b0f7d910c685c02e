"""Opens the store: SQLite in one file, or PostgreSQL by its address; brings it up to date."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event

MIGRATIONS = Path(__file__).with_name("migrations")


class StoreError(Exception):
    """The store cannot be opened; the message names it, the cause and the cure."""


def default_address() -> str:
    """Address of the store where none is given: one SQLite file among the user's data."""
    home = os.environ.get("XDG_DATA_HOME") or os.environ.get("LOCALAPPDATA")
    folder = Path(home) if home else Path.home() / ".local" / "share"
    return f"sqlite:///{(folder / 'jixiao' / 'jixiao.db').as_posix()}"


def open_store(address: str) -> Engine:
    """The store at a SQLAlchemy address, with all migrations applied. Raises StoreError.

    ``postgresql://user:password@host/name`` is PostgreSQL; a bare path is an SQLite file.
    """
    if "://" not in address:
        address = f"sqlite:///{Path(address).as_posix()}"
    if address.startswith("postgresql://"):
        address = address.replace("postgresql://", "postgresql+psycopg://", 1)
    try:
        engine = _engine(address)
        _migrate(engine)
    except Exception as error:
        cause = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        raise StoreError(
            f"打不开存储 {_shown(address)}：{cause}。请检查路径、权限或数据库地址。"
        ) from error
    return engine


def _engine(address: str) -> Engine:
    if not address.startswith("sqlite"):
        return create_engine(address, pool_pre_ping=True)
    path = address.removeprefix("sqlite:///")
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(address, connect_args={"timeout": 30})

    @event.listens_for(engine, "connect")
    def _settings(connection: Any, _: Any) -> None:
        for line in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {line}")

    return engine


def _migrate(engine: Engine) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _shown(address: str) -> str:
    """The address without a password."""
    head, at, tail = address.rpartition("@")
    return f"{head.rsplit(':', 1)[0]}:…@{tail}" if at else address
