"""What every slice shares of Django: base pages, discovery, row-level security."""
