"""The verbs of the members' house, one module for each matter. Nothing else writes its tables."""
