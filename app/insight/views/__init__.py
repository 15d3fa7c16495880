"""The views of the insight room, a module for each page."""
