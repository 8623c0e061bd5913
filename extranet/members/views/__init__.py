"""The screens of the members' house: its pages, and those in the admin (``admin_*``)."""
