"""The pages of units, one module for each subject."""
