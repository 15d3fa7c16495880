"""Out into the world: the composer, shares with their evidence, short links, and clicks without persons.

Words of this room: a *share* is one person's text about one story on one network, kept as it was sent, with its disclosure; its status is
honest: *opened* (the network's composer was opened), *confirmed* (the person says it was posted), *unknown* (nobody said) or
*not posted*; a *link* leads from a random code to the story's target; a *click* is a reader, or a robot, who opened it.
"""
