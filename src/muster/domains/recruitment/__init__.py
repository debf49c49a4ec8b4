"""The yearly recruitment season, from the source list to the hand-over and after."""
