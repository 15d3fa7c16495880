"""What the sharing room's pages print, ready to print."""
