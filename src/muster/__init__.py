"""Muster: the office system of local military-service administration."""
