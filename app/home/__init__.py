"""The front hall: the page an employee lands on, and search."""
