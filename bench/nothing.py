"""A page without anything: what stands behind the bare route."""
