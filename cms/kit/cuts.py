"""Paper-cuts on a grid of 48 in tones of the house: one for each kind of room, found by its icon."""

CUTS = {
    "book": '<path class="cut-1" d="M4 12c7-2 14-1 20 4v26c-6-4-13-5-20-3Z"/><path class="cut-2" '
    'd="M44 12c-7-2-14-1-20 4v26c6-4 13-5 20-3Z"/><path class="cut-3" d="M32 5h8v17l-4-4-4 '
    '4Z"/><path class="cut-line" d="M9 19c4-.5 7 0 10 2M9 26c4-.5 7 0 10 2"/>',
    "bookings": '<path class="cut-1" d="M3 40c8-3 32-3 42 0v4H3Z"/><ellipse class="cut-2" cx="27" '
    'cy="17" rx="14" ry="13"/><path class="cut-3" d="m17 25 5 5-11 12c-2 2-6-2-4-4Z"/><path'
    ' class="cut-line" d="M15 24c3 5 8 8 12 7"/><circle class="cut-sun" cx="40" cy="35" '
    'r="4"/>',
    "chart": '<path class="cut-1" d="M4 44V30h9v14Z"/><path class="cut-2" d="M15 44V18h9v26Z"/><path'
    ' class="cut-3" d="M26 44V8h9v36Z"/><path class="cut-1" d="M37 44V24h8v20Z"/><path '
    'class="cut-sun" d="M8 20a4 4 0 1 1 .1 0Z"/>',
    "cup": '<path class="cut-2" d="M6 40h36v3H6Z"/><path class="cut-3" d="M11 20h22v8c0 6-4 10-9 '
    '10h-4c-5 0-9-4-9-10Z"/><path class="cut-1" d="M33 22h4c5 0 5 10-1 10h-4v-3h3c2 0 2-4 '
    '0-4h-2Z"/><path class="cut-steam" d="M18 15c-3-4 3-5 0-9M26 15c-3-4 3-5 0-9"/>',
    "hand": '<path class="cut-1" d="M24 4c9 0 16 6 16 14H8C8 10 15 4 24 4Z"/><path class="cut-sun" '
    'd="M24 13c2-3 7-2 7 2 0 3-4 6-7 8-3-2-7-5-7-8 0-4 5-5 7-2Z"/><path class="cut-2" d="M3'
    " 30c6-3 12-3 17 1h8c3 0 3 4 0 4h-9l10 1 11-6c3-1 5 2 3 4L31 43c-4 2-8 2-12 "
    '0l-16-3Z"/><path class="cut-3" d="M3 34c7 0 10 4 16 5 8 1 14-2 20-6l-8 9c-4 2-8 2-12 '
    '0L3 40Z"/>',
    "house": '<path class="cut-1" d="M8 44V20L24 8l16 12v24Z"/><path class="cut-2" d="M4 21 24 5l20 '
    '16-2.5 3L24 10 6.5 24Z"/><path class="cut-sun" d="M14 24h8v8h-8ZM26 24h8v8h-8Z"/><path'
    ' class="cut-3" d="M19 35h10v9H19Z"/>',
    "letter": '<path class="cut-1" d="M4 20 24 6l20 14v22H4Z"/><path class="cut-0" d="M10 '
    '12h28v20H10Z"/><path class="cut-sun" d="M15 17h18v3H15ZM15 23h12v3H15Z"/><path '
    'class="cut-2" d="M4 20l20 14 20-14v22H4Z"/><path class="cut-3" d="m4 42 16-12 4 3 4-3 '
    '16 12Z"/>',
    "paper": '<path class="cut-1" d="M8 44V8a3 3 0 0 1 3-3h20l9 9v30Z"/><path class="cut-2" d="M31 '
    '5v9h9Z"/><path class="cut-line" d="M14 17h11M14 23h16"/><path class="cut-3" d="M20 '
    "40c0-5 1-8 4-11l3-9c.7-2 3.5-1.4 3.3.8L29.5 28h8.3c2.5 0 3.2 2.7 1.8 4 1.2 1.1.8 3-.4 "
    '3.7.7 1.5-.2 3-1.5 3.3.2 1.9-1 3-3 3H24Z"/>',
    "people": '<path class="cut-1" d="M4 44c0-9 4-14 10-14s10 5 10 14Z"/><circle class="cut-1" '
    'cx="14" cy="22" r="6"/><path class="cut-2" d="M24 44c0-9 4-14 10-14s10 5 10 '
    '14Z"/><circle class="cut-2" cx="34" cy="22" r="6"/><path class="cut-3" d="M13 44c0-10 '
    '4-16 11-16s11 6 11 16Z"/><circle class="cut-3" cx="24" cy="18" r="7"/><path '
    'class="cut-sun" d="M8 12 24 3l16 9-2 3-14-8-14 8Z"/>',
}

OF_ICON = {
    "aid": "hand",
    "bat": "bookings",
    "bell": "letter",
    "book": "book",
    "calendar": "bookings",
    "card": "people",
    "chart": "chart",
    "document": "paper",
    "horn": "letter",
    "house": "house",
    "pen": "paper",
    "people": "people",
    "person": "people",
    "tasks": "paper",
    "ticket": "bookings",
}
