"""The append-only log: a salted leaf per decision line, and the tree over them."""
