"""What is measured, and how: see README.md. Never part of the test run."""
