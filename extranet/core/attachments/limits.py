"""How much may come in. Whoever meets a limit is told what would work."""

MB = 1024 * 1024

LARGEST = 20 * MB
"""Bytes of one file: a 50-megapixel photo has about 15 MB, a scanned file of forty pages about 10."""

MOST_AT_ONCE = 10
"""Files of one request; a form that sends them one by one (JavaScript) never meets it."""

MOST_OF_A_CASE = 40
"""Files of one case, and of one form that is being filled in."""

LARGEST_CASE = 200 * MB
"""Bytes of one case, and of one form that is being filled in."""

MOST_OF_A_DAY = 100
"""Files one member may send on one day, those taken back included."""

LARGEST_DAY = 500 * MB
"""Bytes one member may send on one day, those taken back included."""

LARGEST_MEMBER = 2 * 1024 * MB
"""Bytes of one member in all cases and forms together: a hundred times what a busy year brings."""
