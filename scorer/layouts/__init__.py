"""Document -> Submission: the forms, the ledger, and what could not be read."""
