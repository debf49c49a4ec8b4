"""Half-year reviews: every number opens to its cases, on page and on paper."""
