"""Writing: versions of the summary, the period end, release and reading by the officer."""
