"""What the insight room's pages print, ready to print, a module for each page."""
