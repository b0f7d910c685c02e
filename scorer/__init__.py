"""jixiao: reads 项目支出绩效目标表, says what is wrong cell by cell, scores and ranks."""

__version__ = "0.1.0"
