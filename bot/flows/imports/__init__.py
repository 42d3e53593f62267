"""Importing contacts from a file: `sheet.py` reads it, `plan.py` says what it means, `run.py` saves it."""
