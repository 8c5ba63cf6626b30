"""Validation and labels. One file per noun."""
