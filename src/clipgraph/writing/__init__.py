"""Writes through the service: an update or a graph becomes a commit, in a process that can be killed."""
