"""What leaves the house, as plain functions: no Flask, no database."""
