"""The stand-ins, tested with the real clients."""
