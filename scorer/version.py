"""The one place of the version number."""

__version__ = "0.7.0"
