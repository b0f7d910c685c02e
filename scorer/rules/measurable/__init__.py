"""Rules of one letter: 可衡量."""
