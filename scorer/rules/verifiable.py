"""Could anybody check this value in December? The question behind the letter M.

Name and value are read together: a number or date in the name counts when the value
only says yes to it («培训场次6场: 完成»).
"""

from __future__ import annotations

from scorer.forms import Indicator
from scorer.lexicon import Lexicon
from scorer.targets import Target, parse_target

# Kinds of value that leave a trace to check, whatever the name says.
_CHECKABLE = frozenset(
    ("number", "money", "rate", "time", "frequency", "standard", "event", "approved")
)


def unverifiable(row: Indicator, target: Target, lexicon: Lexicon) -> bool:
    """True where neither the value nor the name with it gives anything to check."""
    if target.text.strip() in lexicon.rejected:
        return True
    if target.text.strip() in lexicon.accepted:
        return False
    if target.kind in ("blank", "placeholder") or target.kind in _CHECKABLE:
        return False
    if target.kind == "change":
        return not target.quantities
    if target.text.strip() in lexicon.affirmations or target.kind == "yes_no":
        return not _name_is_checkable(row.name)
    return True


def _name_is_checkable(name: str) -> bool:
    target = parse_target(name)
    return bool(
        target.quantities
        or target.moments
        or target.frequency
        or target.standards
        or target.kind in ("event", "approved")
    )
