"""Line drawings on a grid of 24, drawn for this house; rooms name one on their tile."""

ICONS = {
    "aid": '<path d="M12 12.5C8 9.8 6.5 8.2 6.5 6.2A2.7 2.7 0 0 1 12 5.3a2.7 2.7 0 0 1 5.5.9c0 2-1.5 3.6-5.5 '
    '6.3z"/><path d="M3 15.5h3.5l4 2h4a1.5 1.5 0 0 1 0 3H3M15.8 18l4-2.3a1.4 1.4 0 0 1 1.4 2.4l-4.7 '
    '2.4"/>',
    "bat": '<circle cx="9.5" cy="9" r="6"/><path d="m13.8 13.3 5.7 6.2M5.5 13.5l8-8.5"/><circle cx="19" '
    'cy="8" r="1.25"/>',
    "bell": '<path d="M6 16.8h12l-1.5-2.4V11a4.5 4.5 0 0 0-9 0v3.4ZM10 19.5a2.1 2.1 0 0 0 4 0"/>',
    "book": '<path d="M12 6.5C10 5 7 4.5 3.5 4.5v14c3.5 0 6.5.5 8.5 2 2-1.5 5-2 8.5-2v-14c-3.5 0-6.5.5-8.5 '
    '2zM12 6.5v14"/>',
    "calendar": '<rect x="3.5" y="5" width="17" height="15.5" rx="2"/><path d="M3.5 10h17M8 3v4M16 3v4"/>',
    "camera": '<path d="M4 7.5h3.5L9 5h6l1.5 2.5H20a1 1 0 0 1 1 1V18a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V8.5a1 1 '
    '0 0 1 1-1z"/><circle cx="12" cy="13" r="3.5"/>',
    "card": '<rect x="3" y="5" width="18" height="14" rx="2"/><circle cx="8.5" cy="11" r="2"/><path d="M5.5 '
    '16c.6-1.5 1.7-2.2 3-2.2s2.4.7 3 2.2M14.5 10h3.5M14.5 13.5h3.5"/>',
    "chart": '<path d="M4.5 19.5h15M7 16.5v-5M12 16.5V6M17 16.5v-8"/>',
    "clock": '<path d="M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16ZM12 7.5V12l3 2"/>',
    "close": '<path d="m5 5 14 14M19 5 5 19"/>',
    "document": '<path d="M5 3.5h10l4 4v13H5z"/><path d="M15 3.5v4h4M8.5 12h7M8.5 16h4.5"/>',
    "download": '<path d="M12 3.5V15m-4.5-4.5L12 15l4.5-4.5M4 20.5h16"/>',
    "eye": '<path d="M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12z"/><circle cx="12" '
    'cy="12" r="3"/>',
    "feed": '<path d="M4.5 11a8.5 8.5 0 0 1 8.5 8.5M4.5 5A14.5 14.5 0 0 1 19 19.5"/><circle cx="5.5" '
    'cy="18.5" r="1"/>',
    "filter": '<path d="M4 6.5h16M7 12h10M10 17.5h4"/>',
    "flag": '<path d="M6 20.5V4M6 5h11.5l-2.2 3.5 2.2 3.5H6"/>',
    "good": '<path d="m5 12.5 4.5 4.5L19 7.5"/>',
    "horn": '<path d="M4 9.5v5h3l8.5 4.5V5L7 9.5zM19 9.5a4 4 0 0 1 0 5M8 14.5l1.5 5"/>',
    "house": '<path d="M5 20.5V9l7-5.5L19 9v11.5M3 20.5h18M9.5 20.5v-7h5v7"/>',
    "inform": '<circle cx="12" cy="12" r="8.5"/><path d="M12 11v5.5M12 7.5v.2"/>',
    "key": '<path d="M8 19a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM10.5 13 19 4.5M15.5 8l2.5 2.5"/>',
    "link": '<path d="M10 14a4 4 0 0 0 5.7 0l3.3-3.3a4 4 0 0 0-5.7-5.7l-1.3 1.3M14 10a4 4 0 0 0-5.7 0L5 '
    '13.3a4 4 0 0 0 5.7 5.7l1.3-1.3"/>',
    "list": '<path d="M9 6.5h11M9 12h11M9 17.5h11M4.5 6.5h.2M4.5 12h.2M4.5 17.5h.2"/>',
    "lock": '<rect x="5" y="10.5" width="14" height="10" rx="2"/><path d="M8 10.5V8a4 4 0 0 1 8 0v2.5"/>',
    "menu": '<path d="M3.5 6.5h17M3.5 12h17M3.5 17.5h11"/>',
    "more": '<path d="M4.5 4.5H10V10H4.5ZM14 4.5h5.5V10H14ZM4.5 14H10v5.5H4.5ZM14 14h5.5v5.5H14Z"/>',
    "next": '<path d="m9 5 7 7-7 7"/>',
    "out": '<path d="M14 4.5H5.5v15H14M10.5 12h10M17 8.5l3.5 3.5-3.5 3.5"/>',
    "pen": '<path d="m4.5 19.5 1-4L16 5l3 3L8.5 18.5ZM14 7l3 3"/>',
    "people": '<path d="M9 11.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM3 19c.6-3.2 2.9-4.8 6-4.8s5.4 1.6 6 '
    '4.8M15.5 6a2.6 2.6 0 0 1 0 5.2M17 14.4c2.2.5 3.6 2 4 4.6"/>',
    "person": '<circle cx="12" cy="8" r="3.75"/><path d="M4.5 20c1-4 4-5.75 7.5-5.75s6.5 1.75 7.5 5.75"/>',
    "phone": '<rect x="6.5" y="2.5" width="11" height="19" rx="2.2"/><path d="M10.5 18.5h3"/>',
    "photos": '<rect x="3" y="6" width="14" height="12" rx="2"/><path d="M7 3h12a2 2 0 0 1 2 2v10M3.5 16l4-4 '
    '3 3 2.5-2.5 4 4"/>',
    "place": '<path d="M12 21c-4.5-5-6.5-8.2-6.5-11a6.5 6.5 0 0 1 13 0c0 2.8-2 6-6.5 11z"/><circle cx="12" '
    'cy="10" r="2.3"/>',
    "plus": '<path d="M12 5v14M5 12h14"/>',
    "previous": '<path d="m15 5-7 7 7 7"/>',
    "print": '<path d="M7 8V3.5h10V8M7 17H4.5a1 1 0 0 1-1-1v-6a2 2 0 0 1 2-2h13a2 2 0 0 1 2 2v6a1 1 0 0 1-1 '
    '1H17M7 14h10v6.5H7z"/>',
    "qr": '<path d="M4.5 4.5h5.5V10H4.5ZM14 4.5h5.5V10H14ZM4.5 14H10v5.5H4.5ZM14 14h2.2v2.2H14ZM19.5 '
    '14v2M14 19.5h2M18.5 18.5h1v1h-1Z"/>',
    "search": '<circle cx="10.5" cy="10.5" r="6.5"/><path d="m15.5 15.5 5 5"/>',
    "shield": '<path d="M12 3.5 19 6v5.5c0 4.2-2.6 7.2-7 9-4.4-1.8-7-4.8-7-9V6ZM9 12l2.2 2.2L15.2 10"/>',
    "size": '<path d="M2.5 19 8 5l5.5 14M4.5 14h7M15.5 19l3.25-8L22 19m-5.5-2.5h4.5"/>',
    "tasks": '<path d="M7 4.5h10a1 1 0 0 1 1 1v14H6v-14a1 1 0 0 1 1-1ZM9 10l1.7 1.7L15 7.8M9 15.5h6"/>',
    "ticket": '<path d="M3.5 6.5h17v3.8a1.8 1.8 0 0 0 0 3.4v3.8h-17v-3.8a1.8 1.8 0 0 0 0-3.4zM14.5 6.5v2m0 '
    '2.5v2m0 2.5v2"/>',
    "upload": '<path d="M12 15.5V4.5M7.5 9 12 4.5 16.5 9M5 19.5h14"/>',
    "warning": '<path d="M12 4.5 20.8 19.5H3.2ZM12 10v4.5M12 16.9v.2"/>',
}

MARK = (
    '<path d="M1.6 9.7 12 2.4l10.4 7.3" fill="none" stroke="currentColor" stroke-width="1.9" '
    'stroke-linecap="round" stroke-linejoin="round"/><g fill="currentColor"><circle cx="12" cy="8.1" '
    'r="1.5"/><circle cx="8" cy="10.7" r="1.4"/><circle cx="16" cy="10.7" r="1.4"/><circle cx="4" '
    'cy="13.3" r="1.3"/><circle cx="20" cy="13.3" r="1.3"/></g><path d="M12 12.4v8.3M8 14.8v5.9M16 '
    '14.8v5.9M4 17.2v3.5M20 17.2v3.5" fill="none" stroke="currentColor" stroke-width="2.5" '
    'stroke-linecap="round"/>'
)
