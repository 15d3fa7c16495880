"""The ground: database, clock, events, jobs, mail, crypto, markup, storage and errors, without Flask."""
