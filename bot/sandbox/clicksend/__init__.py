"""A stand-in for ClickSend."""
