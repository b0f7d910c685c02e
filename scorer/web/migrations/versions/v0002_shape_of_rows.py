"""A form's rows have a shape number: an edit made on other rows is refused, never misplaced."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the store forward."""
    with op.batch_alter_table("draft_forms") as table:
        table.add_column(sa.Column("shape", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    """Take the store back."""
    with op.batch_alter_table("draft_forms") as table:
        table.drop_column("shape")
