"""Reads of the insight room, a module for each page; all of them stay inside the paths they are given."""
