"""Measurements of the archive, beside what else one could use."""
