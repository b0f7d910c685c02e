"""Rules of one letter: 隐私."""
