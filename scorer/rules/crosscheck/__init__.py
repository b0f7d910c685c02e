"""Rules of one letter: 勾稽."""
