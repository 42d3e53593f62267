"""The Web API's methods, one file a subject."""
