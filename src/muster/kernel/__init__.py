"""What several slices compute alike, in plain Python: no framework, no clock, no chance."""
