"""File formats that the library reads."""
