"""Case work, one folder per thing an official can name; none knows another."""
