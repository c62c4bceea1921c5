"""The shared domain: tables, rules and prebuilt queries, by area. Imports the database and the clock, never Flask."""
