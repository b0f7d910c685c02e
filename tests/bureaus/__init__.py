"""Documents as other people make them, each written out by hand with a library of its own.

Unlike ``tests/makers``, nothing here is rendered from one model of a form: every document is
its own layout, wording and way of merging, as some bureau's template or export has it, and
what must be read is written beside it. ``held`` documents are only counted by
``python -m benchmarks.bureaus``: nothing was mended by looking at them.
"""
