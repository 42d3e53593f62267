"""A stand-in for Aranda."""
