"""Makes test documents from known forms: contents -> family sheets -> bytes of every format.

``contents`` reads invented forms, a module per layout family renders them as an
abstract ``Sheet`` of cells, ``writers`` turn sheets into files. What a reader must get
back is known beforehand (``expect``), so a round trip can be compared cell by cell.
"""
