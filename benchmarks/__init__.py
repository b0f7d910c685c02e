"""Measurements of the whole program; ``make accuracy`` and ``make bench`` call them."""
