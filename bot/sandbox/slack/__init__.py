"""A small Slack workspace that speaks Slack's own protocols."""
