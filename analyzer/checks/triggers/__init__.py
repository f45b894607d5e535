"""What the check of a trigger is made of: parameters and sub-tests, words."""
