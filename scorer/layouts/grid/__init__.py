"""Forms in ruled tables: document grids -> rows, heads, columns -> :class:`Form`."""
