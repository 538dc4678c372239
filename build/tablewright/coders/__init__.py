"""One coder a table: values in, rows out."""
