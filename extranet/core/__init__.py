"""The building of the members' area: what every room stands on. It knows no room by name."""
