"""The dashboard's pages about spaces: the list of them over all environments, and one space under its tabs."""
