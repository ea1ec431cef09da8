"""Searches that are followed by e-mail: who asked for which, and what is told to whom."""
