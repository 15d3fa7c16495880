"""Pure decisions of the sharing room: networks and their lengths, disclosure, own words, links, readers and robots."""
