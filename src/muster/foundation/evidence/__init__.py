"""Papers that show what a ground rests on: typed, checked, sealed, expiring."""
