"""Pages of the season and of the desk."""
