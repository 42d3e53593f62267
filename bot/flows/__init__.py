"""What happens, one file a subject. A flow is one thing from start to end; it records before it acts."""
