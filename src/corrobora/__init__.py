"""Reads reports of violence and builds a record that can be checked."""

__version__ = "0.1.0"
