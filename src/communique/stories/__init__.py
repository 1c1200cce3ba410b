"""Which reports, events and stories are the same: near-duplicates, event coreference, clusters over days."""
