"""What breadth says of a group besides how many of it moved: who carries it, and whether its members flock together."""
