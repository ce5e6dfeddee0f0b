"""The records of a sheet: who sees which, how they are chosen, checked, linked and put into a file."""
