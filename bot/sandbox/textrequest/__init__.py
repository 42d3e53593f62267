"""A stand-in for Text Request."""
