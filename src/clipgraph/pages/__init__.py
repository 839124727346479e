"""Pages for people: queries of queries/pages/ become models, models become templates."""
