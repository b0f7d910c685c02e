"""Rules of one letter: 完整."""
