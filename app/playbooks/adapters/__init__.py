"""File formats of the playbooks room."""
