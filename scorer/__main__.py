"""`python -m scorer` is the console command `jixiao`."""

from scorer.cli import main

main()
