"""Doc → statements: who said what to whom."""
