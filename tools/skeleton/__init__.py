"""Cases of a kind that a domain may begin from."""
