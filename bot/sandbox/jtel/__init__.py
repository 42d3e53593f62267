"""A stand-in for jtel."""
