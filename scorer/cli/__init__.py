"""The commands; thin. Heavy libraries are imported inside the commands that need them.

One file a command; their order here is their order in the help.
"""

# isort: off
from scorer.cli.app import app, main
from scorer.cli import score, rank, check, parse, diff, template, catalogue, models, dismiss, serve  # noqa: F401
# isort: on

__all__ = ["app", "main"]
