"""The learning room's views, one module per page."""
