"""Placeholder of the ingest room; its owner says here what comes in, what goes out and what must never happen."""
