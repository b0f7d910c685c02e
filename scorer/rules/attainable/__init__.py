"""Rules of one letter: 适当."""
