"""RDF in files and names: formats, reading with positions, prefixes, IRIs."""
