"""What a request costs, side by side with others: `make bench`; how to read it is in docs/performance.md."""
