"""The verbs of the insight room: count, count again, and begin an export."""
