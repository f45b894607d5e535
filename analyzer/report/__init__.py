"""What leaves the program: the terminal's table, files, the HTML page, explanations."""
