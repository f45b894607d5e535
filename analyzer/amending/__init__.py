"""Claims as people would have them tested: another trial, quote or kind, a claim that nobody had read.

A person proposes here what a model or the rules propose elsewhere, and is bound in the same way: what the text does not
hold is marked ``proposed`` and caps the outcome, and the verdict is computed by the checks and the judge.
"""
