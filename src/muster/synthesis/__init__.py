"""What reads across slices through their manifests: figures, reports, rehearsal."""
