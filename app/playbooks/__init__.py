"""How we behave out there: the public policy of duties and freedoms, version by version."""
