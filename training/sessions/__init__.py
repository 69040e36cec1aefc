"""Synthetic sessions and completions in the format of docs/stream-format.md, made from real corpus code."""
