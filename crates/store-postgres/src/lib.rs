//! The system of record: PostgreSQL.
