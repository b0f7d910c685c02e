"""`jixiao serve`: the clerk's page, the bureau's pages and the REST interface on one server.

Pages are rendered here (Jinja) and made lively by a little script of our own; nothing is
fetched from elsewhere. Forms are read and judged in worker processes (``workers``), what
people do is kept in a database (``store``), and nothing that was uploaded is ever run.
"""
