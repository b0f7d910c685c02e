"""jixiao: reads 项目支出绩效目标表, says what is wrong cell by cell, scores and ranks.

``scorer.read(path)``, ``scorer.score(submissions)`` and ``scorer.to_frame(judged)`` are the
Python API; they are loaded when first used, so that ``import scorer`` stays light.
"""

from typing import TYPE_CHECKING, Any

from scorer.version import __version__

__all__ = ["__version__", "read", "score", "to_frame"]

if TYPE_CHECKING:
    from scorer.api import read, score, to_frame


def __getattr__(name: str) -> Any:
    if name in __all__:
        from scorer import api

        return getattr(api, name)
    raise AttributeError(f"module 'scorer' has no attribute {name!r}")
