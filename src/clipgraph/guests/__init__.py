"""Guests: graphs of the institution that runs a service, asked beside a release and never a part of one."""
