"""Health checks, metrics, and messages put in by hand."""
