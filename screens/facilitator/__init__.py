"""The facilitator's pages: running, sorting, handing on, and who is in the room."""
