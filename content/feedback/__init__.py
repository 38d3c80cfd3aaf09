"""“Was this page helpful?”: asking readers, and keeping nothing that tells who answered."""
