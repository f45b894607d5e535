"""Measuring a reader and its verdicts against gold annotations."""
