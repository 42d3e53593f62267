"""The providers: one folder each, the whole of one provider in it."""
