"""What tests stand on: databases, the cast, the browser that inspects every page."""
