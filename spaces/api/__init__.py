"""The API of spaces, workbooks, sheets and documents."""
