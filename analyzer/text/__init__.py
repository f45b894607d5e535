"""Texts: reading files, language, paragraphs and sentences, quotes, numbers and times. No calendar, no model."""
