"""Demo data dated around today. Every person, workplace and sentence here is invented by us."""
