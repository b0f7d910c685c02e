"""The tables of the store. Changing one needs a migration in ``migrations/versions``."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData()
_OF_DRAFT = ("drafts.id", "CASCADE")
_OF_BATCH = ("batches.id", "CASCADE")


def _owner(name: str, target: tuple[str, str]) -> Column[str]:
    return Column(name, ForeignKey(target[0], ondelete=target[1]), nullable=False, index=True)


# A clerk's file while it is being mended. Times are seconds since 1970.
drafts = Table(
    "drafts",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("name", Text, nullable=False),
    Column("data", LargeBinary, nullable=False),  # the file as it came
    Column("submission", LargeBinary, nullable=False),  # codec: Submission as read
    Column("created", Float, nullable=False),
    Column("touched", Float, nullable=False, index=True),
)

draft_forms = Table(
    "draft_forms",
    metadata,
    _owner("draft", _OF_DRAFT),
    Column("n", Integer, nullable=False),
    Column("form", LargeBinary, nullable=False),  # codec: Form as edited
    Column("version", Integer, nullable=False),
    Column("first_total", Float),  # points when it came
    # Counts the changes of which rows there are: cells are named by row.
    Column("shape", Integer, nullable=False, server_default="0"),
    UniqueConstraint("draft", "n"),
)

# One row an edit, to undo it. ``mark`` is the page's own name for it: an edit sent twice
# is done once.
draft_edits = Table(
    "draft_edits",
    metadata,
    Column("id", Integer, primary_key=True),
    _owner("draft", _OF_DRAFT),
    Column("n", Integer, nullable=False),
    Column("mark", String(40), nullable=False),
    Column("what", Text, nullable=False),
    Column("before", LargeBinary, nullable=False),  # codec: the Form before it
    UniqueConstraint("draft", "mark"),
)

# What a bureau loads at one time.
batches = Table(
    "batches",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("name", Text, nullable=False),
    Column("created", Float, nullable=False),
    Column("previous", String(32)),  # the batch it is compared with
)

documents = Table(
    "documents",
    metadata,
    Column("id", Integer, primary_key=True),
    _owner("batch", _OF_BATCH),
    Column("n", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("data", LargeBinary, nullable=False),
    Column("done", Boolean, nullable=False),
    Column("judged", LargeBinary),  # codec: tuple of JudgedSubmission, once read
)

# A reviewer's word on a finding: it holds for the unit, whichever file says it again.
decisions = Table(
    "decisions",
    metadata,
    Column("unit", String(200), primary_key=True),
    Column("fingerprint", String(40), primary_key=True),
    Column("kind", String(10), nullable=False),  # dismiss or confirm
    Column("reason", Text, nullable=False),
    Column("code", String(10), nullable=False),
    Column("project", Text, nullable=False),
    Column("until", String(10)),  # last day that a dismissal holds, ISO
    Column("made", Float, nullable=False),
)

# Points of one item that a reviewer set by hand.
hand_points = Table(
    "hand_points",
    metadata,
    Column("unit", String(200), primary_key=True),
    Column("project", String(400), primary_key=True),
    Column("item", String(20), primary_key=True),
    Column("year", Integer, primary_key=True),  # fiscal year, 0 where unknown
    Column("points", Float, nullable=False),
    Column("made", Float, nullable=False),
)
