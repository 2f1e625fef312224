"""The wall: what the room sees, as one canvas that fits every projector."""
