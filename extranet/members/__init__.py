"""Who is who (成员): the people who sign in."""
