"""Scripts in plain words, played against a bot while people watch."""
