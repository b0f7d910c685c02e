"""Rules of one letter: 有时限."""
