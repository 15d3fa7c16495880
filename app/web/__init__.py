"""The toolkit between Flask and the rooms: Room, units of work, forms, errors, paging, messages, headers, languages."""
