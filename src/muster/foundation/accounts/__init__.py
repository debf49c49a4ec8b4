"""Who may act, in which post, for which unit."""
