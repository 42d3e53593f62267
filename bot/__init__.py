"""Threadline: a contact's text becomes a message in their Slack thread, a reply becomes a text."""
