"""Dataclasses of ``scorer.forms`` as compressed JSON for the store, and back.

Unlike ``scorer.exchange`` (what other programs read) nothing is left out or renamed. Loading
builds typed data only: no code of the stored bytes can run.
"""

from __future__ import annotations

import collections.abc
import dataclasses
import itertools
import json
import types
import typing
import zlib
from decimal import Decimal
from functools import cache
from typing import Any, TypeVar

T = TypeVar("T")


def dump(value: Any) -> bytes:
    """Any dataclass (or tuple of them) of ours as bytes."""
    text = json.dumps(_plain(value), ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(text.encode(), 1)


def load(kind: type[T], data: bytes) -> T:
    """The value that ``dump`` wrote. Raises ValueError for bytes that are not its work."""
    try:
        return typing.cast("T", _revive(kind, json.loads(zlib.decompress(data))))
    except (zlib.error, TypeError, KeyError) as error:
        raise ValueError(f"the store holds no {kind.__name__} here: {error}") from error


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = (f for f in dataclasses.fields(value) if f.compare)
        pairs = ((f, getattr(value, f.name)) for f in fields)
        return {f.name: _plain(v) for f, v in pairs if v is not None and v != f.default}
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, collections.abc.Mapping):
        return {k: _plain(v) for k, v in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(v) for v in value]
    if isinstance(value, frozenset | set):
        return sorted(value)
    return value


@cache
def _hints(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)


def _revive(hint: Any, value: Any) -> Any:
    if value is None:
        return None
    arguments = [a for a in typing.get_args(hint) if a is not type(None)]
    origin = typing.get_origin(hint)
    if origin is tuple:
        kinds = itertools.repeat(arguments[0]) if arguments[-1] is ... else iter(arguments)
        return tuple(_revive(kind, item) for kind, item in zip(kinds, value, strict=False))
    if origin in (dict, collections.abc.Mapping):
        return {k: _revive(arguments[1], v) for k, v in value.items()}
    if origin is frozenset:
        return frozenset(value)
    if origin in (types.UnionType, typing.Union):
        if Decimal in arguments:  # an amount: whole yuan stay int
            return Decimal(value) if isinstance(value, str) else value
        return _revive(arguments[0], value)
    if hint is Decimal:
        return Decimal(value)
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        known = _hints(hint)
        return hint(**{k: _revive(known[k], v) for k, v in value.items() if k in known})
    return value
