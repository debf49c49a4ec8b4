"""Programmes of defence works by unit: progress only, locations stay opaque."""
