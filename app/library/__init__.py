"""The library of content worth sharing: stories, their review, topics, pictures and what fits which channel.

Words of this room: a *story* is the working copy that its author edits; an *edition* is the immutable document that was approved and
that readers see; *facts* are what may be said, *angles* are questions that start a text of one's own, *reader value* is what is in it
for the reader; *channel fit* says how a topic does on a network in a country.
"""
