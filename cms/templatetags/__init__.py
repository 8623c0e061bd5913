"""Tags of the facade."""
