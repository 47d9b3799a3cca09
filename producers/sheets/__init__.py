"""Spreadsheets that staff download, mend and bring back.

A file's bytes become a Table (reading), a Table is held against what is stored and
becomes an Outcome (resource, outcome), and an Outcome without faults can be written.
Column names and the words in the cells are Spanish in every language, like addresses:
a file must read the same for whoever opens it.
"""
