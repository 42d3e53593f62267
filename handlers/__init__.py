"""Every door: what the outside can reach. A door reads, acknowledges, calls one flow and answers."""
