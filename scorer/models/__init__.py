"""The learned parts: whether a row is vague, foreign, misplaced or incoherent.

``predict`` needs numpy alone; ``train`` and ``evaluate`` import what they need when called.
"""

from __future__ import annotations

from scorer.models.artefacts import ArtefactError
from scorer.models.bundle import Models, load, shipped
from scorer.models.predict import predict, thresholds

__all__ = ["ArtefactError", "Models", "load", "predict", "shipped", "thresholds"]
