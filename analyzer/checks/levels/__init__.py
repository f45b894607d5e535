"""What the check of a level tests: at a close, within a session, against an average, for the first time, never."""
