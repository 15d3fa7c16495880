"""What the library's pages print, ready to print."""
