"""The commands of `threadline`: one file each."""
