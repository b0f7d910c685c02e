"""Fixtures that several test modules share."""

from tests.browser import browser

__all__ = ["browser"]
