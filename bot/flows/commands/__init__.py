"""What commands do: one file a command, one function a verb. `ask.py` is the way to all of them."""
