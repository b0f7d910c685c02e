"""The catalogue of rules: a folder per letter, a file per rule.

``catalogue.py`` says what a rule is and finds them; ``context.py`` is what a rule may
look at; ``engine.py`` runs them and turns their hits into findings. A new rule is one
file here and one case file in ``tests/rules``.
"""
