"""Violations of the Law on Military Service: detected, minuted, punished, paid."""
