"""Records as flat tables: CSV and Parquet."""

from communique.export.tables import COLUMNS, flat, schema, write_csv, write_parquet

__all__ = ["COLUMNS", "flat", "schema", "write_csv", "write_parquet"]
