"""Forms in plain text: lines -> pieces, cells, columns -> :class:`Form`."""
