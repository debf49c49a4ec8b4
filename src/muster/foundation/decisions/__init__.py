"""Councils vote, an office signs, the act is posted, served and may be complained of."""
