"""Where ontology/, shapes/, data/ and queries/ are, and which file is which named graph."""
