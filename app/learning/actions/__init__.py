"""The verbs of the learning room, a module for each kind."""
