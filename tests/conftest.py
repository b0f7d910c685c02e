"""Fixtures that several test modules share, and how property tests run."""

from hypothesis import settings

from tests.browser import browser

__all__ = ["browser"]

# No test asserts a wall-clock time: a busy machine must not fail a property.
settings.register_profile("jixiao", deadline=None)
settings.load_profile("jixiao")
