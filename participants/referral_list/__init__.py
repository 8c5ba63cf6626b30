"""Reading the TE-office's list: file -> table -> recognised columns -> rows with their faults -> matches.

Pure functions over bytes and plain values; only `matching` asks the database. Nothing here writes.
"""
