"""The things that URLs name, and whose they are: one module per room, each with `objects(session, cast)`.

It returns a name for each thing ("ada's session") and the values of the URL's variables that lead to it. The rows in
`tests/architecture/access/` say who may open which of them; for everybody else a thing must look as if it did not exist.
"""
