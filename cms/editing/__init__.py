"""What makes Wagtail's admin the editors' own: sign-in, dashboard, checks, first steps, addresses, look."""
