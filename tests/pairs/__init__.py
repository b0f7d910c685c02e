"""Before/after pairs over many trades, as data, and what scoring them must show."""
