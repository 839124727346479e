"""The search: an index of the words and facets of a release, and what it answers."""
