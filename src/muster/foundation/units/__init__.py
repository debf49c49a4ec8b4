"""The administrative tree through time, and the legal orders that change it."""
