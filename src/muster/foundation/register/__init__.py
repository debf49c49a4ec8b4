"""The register of citizens of military age: people, their spells, the acts upon them."""
