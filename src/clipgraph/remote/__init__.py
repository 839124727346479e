"""Speaks to an engine elsewhere: queries, updates and graphs over HTTP, and what is published there."""
