"""Plays the demonstration province through the same actions that users call."""
