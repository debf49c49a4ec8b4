"""Reads of the register; what they return is evaluated, frozen and free of models."""
