"""Rules of one letter: 明确."""
