"""Pure decisions about stories: what one says, where it may lead, who wins when two act at once."""
