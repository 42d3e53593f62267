"""Survival: the bot as child processes that are killed with SIGKILL while texts and replies flow.

`python -m tests.survival` runs everything; the marker `survival` runs a smaller version with pytest.
"""
