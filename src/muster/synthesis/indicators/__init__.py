"""Figures: every slice's indicators for a unit, a period and a map."""
