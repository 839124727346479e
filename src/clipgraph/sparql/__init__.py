"""The SPARQL protocol as pure functions: requests, negotiation, policy, the query library."""
