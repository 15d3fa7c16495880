"""How fast the pages are: `make bench`. Seeds an organisation, serves it as in production, loads each page, and prints what came of it."""
