"""The dashboard's pages about environments: the list of them, and the keys and secrets of one."""
