"""People's decisions as files: between machines, and as gold annotations."""
