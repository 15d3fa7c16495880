"""What the learning room's pages print, ready to print, one module per page."""
