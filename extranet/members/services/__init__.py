"""The verbs of the members' house: nothing else writes."""
