"""What the check of a record is made of: the claim among its values, peers, near misses, words."""
