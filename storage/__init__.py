"""SQL, and nothing but SQL: one file a noun, the same text for SQLite and PostgreSQL."""
