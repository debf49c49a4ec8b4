"""Pages of the slice, room by room."""
