"""Rules of one letter: 相关."""
