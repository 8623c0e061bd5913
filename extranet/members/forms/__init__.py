"""The forms of the members' house."""
