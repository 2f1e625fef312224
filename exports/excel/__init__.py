"""Write a series as a spreadsheet: one sheet a stage, numbers as numbers, words as words."""

from exports.excel.cells import harmless
from exports.excel.sheets import HEAD_ROW, Sheet, write
from exports.excel.workbook import of_workshop

__all__ = ["HEAD_ROW", "Sheet", "harmless", "of_workshop", "write"]
