"""Bringing in what another system has: tables (CSV, XLSX) with a mapping, through the verbs, at historical times.

Promise: each row becomes what it says or stands in the file of rejected rows with its reason. A row is done whole or
not at all; what was done is known by its external id, so a second run, or one after a crash, doubles nothing.
docs/import.md describes mappings.
"""
