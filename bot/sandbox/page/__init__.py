"""The demo in a browser: phones on the left, the workspace on the right, trouble on request."""
