"""The project and its facade: settings, addresses, base templates, the one catalogue."""
