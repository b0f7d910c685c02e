"""Fixtures that several test modules share, and how property tests run."""

import os

from hypothesis import settings

from tests.browser import browser

__all__ = ["browser"]

# No test asserts a wall-clock time: a busy machine must not fail a property.
# At the desk every run tries other examples; a submission is judged by the same ones each time.
settings.register_profile("jixiao", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("jixiao")
