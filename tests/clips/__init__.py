"""What a clip guest should read: random workbooks with clips, and reference code written by hand beside them."""
