"""What people read: pure functions from the model to blocks and sentences."""
