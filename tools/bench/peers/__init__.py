"""The others, in one plain DRF project as `startproject` makes it. Runs in var/bench/venv, never in the product's."""
