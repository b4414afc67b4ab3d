"""One folder per way in and out: each receives, stores what came as it came, and calls verbs."""
