"""What came due, and what newer data say of it: recorded trials judged again, every earlier verdict kept."""
