"""One maker per table: keyword-only, the smallest valid object, no hidden neighbours, committed."""
