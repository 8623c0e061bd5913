"""Addresses of the members' house: account pages (``accounts``) and rooms of its officers (``office``)."""
