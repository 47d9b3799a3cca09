"""The open data: what the pages show, for other programs, under /api/."""
