"""Tests: people in a room, on paper."""
