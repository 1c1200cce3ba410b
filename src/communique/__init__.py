"""Communiqué reads the news and keeps the record: who said and did what to whom, when and where, in which words."""
