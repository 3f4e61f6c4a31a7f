"""What the tests need besides the worker."""
