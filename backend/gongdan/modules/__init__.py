"""Capabilities with tables of their own that the core need not know; they are strangers to each other."""
