"""What the numbers say. One folder per report; each reads tables and writes none."""
