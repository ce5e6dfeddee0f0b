"""`manage.py routes --json`: every route with its methods, as the running product answers them."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from config.routes import routes


class Command(BaseCommand):
    help = "List every route with its methods."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        found = routes()
        if options["json"]:
            self.stdout.write(json.dumps(found))
            return
        for route in found:
            self.stdout.write(f"{' '.join(route['methods']):30} {route['path']}")
