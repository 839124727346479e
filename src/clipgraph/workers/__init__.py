"""Jobs in processes that can be killed: deadline, memory cap, no network."""
