"""Voice calls, faxes, letters and postcards: asked about, sent once, followed, and told of."""
