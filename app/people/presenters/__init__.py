"""What the people room's pages print, ready to print."""
