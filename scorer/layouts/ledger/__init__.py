"""The budget tables and the narrative around the forms -> :class:`Ledger`."""
