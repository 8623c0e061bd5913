"""Pages of the building itself: the desk, its long lists, drafts."""
