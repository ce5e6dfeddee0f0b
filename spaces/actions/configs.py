"""What the configuration of a sheet must look like (flatfile-api.md, section 16); what is merely unknown is kept."""

from typing import Any

from lib.problems import InvalidInput
from spaces.models import Sheet, Workbook

MOST_FIELDS = 1_000
MOST_CONSTRAINTS = 10
LONGEST = 255
TYPES = ("string", "number", "boolean", "date", "enum", "enum-list", "string-list", "reference", "reference-list")
REFERENCES = ("reference", "reference-list")
ACCESS = ("*", "add", "edit", "delete", "import")


class BadSheet(InvalidInput):
    code, message = "bad_sheet", "A sheet needs a name and a list of fields, each with a type and a key of its own."
    field = "sheets"


def new_sheet(workbook: Workbook, config: dict[str, Any], position: int) -> Sheet:
    """A sheet as the API describes it, not yet saved. Raises BadSheet."""
    check_config(config)
    return Sheet(
        account_id=workbook.account_id,
        environment_id=workbook.environment_id,
        space_id=workbook.space_id,
        workbook=workbook,
        name=config["name"],
        slug=slug_of(config),
        config=config,
        metadata=config.get("metadata") or {},
        position=position,
    )


def slug_of(config: dict[str, Any]) -> str:
    """The slug given, or one made of the name: lower case, words joined by a hyphen."""
    given = config.get("slug")
    made = "-".join("".join(c if c.isalnum() else " " for c in config["name"].lower()).split())
    return str(given or made or "sheet")[:LONGEST]


def check_config(config: dict[str, Any]) -> None:
    """Raises BadSheet, saying what would make the sheet unusable."""
    fields, access = config.get("fields"), config.get("access")
    _check(_is_text(config.get("name")), "A sheet needs a name of 1 to 255 characters.")
    _check(config.get("slug") is None or _is_text(config["slug"]), "A slug has 1 to 255 characters.")
    _check(isinstance(fields, list) and len(fields) <= MOST_FIELDS, f"A sheet lists up to {MOST_FIELDS} fields.")
    _check(access is None or _are_of(access, ACCESS), f"Access lists some of: {', '.join(ACCESS)}.")
    _check(isinstance(config.get("metadata") or {}, dict), "The metadata of a sheet is an object.")
    for name in ("readonly", "allowAdditionalFields"):
        _check(isinstance(config.get(name, False), bool), f"{name} is true or false.")
    keys = [_checked_field(field) for field in fields or ()]
    _check(len(set(keys)) == len(keys), "Two fields of this sheet have the same key.")


def check_sheets(sheets: list[Sheet]) -> None:
    """Slugs are different, and references name a sheet of the same workbook. Raises BadSheet."""
    slugs = {sheet.slug for sheet in sheets}
    _check(len(slugs) == len(sheets), "Two sheets of this workbook have the same slug.")
    for sheet in sheets:
        for field in sheet.fields:
            named = (field.get("config") or {}).get("ref")
            _check(
                field["type"] not in REFERENCES or (isinstance(named, str) and named in slugs),
                f"The field {field['key']} of {sheet.name} refers to a sheet that this workbook does not have.",
            )


def _checked_field(field: Any) -> str:
    _check(isinstance(field, dict) and _is_text(field.get("key")), "A field needs a key of 1 to 255 characters.")
    key, constraints = field["key"], field.get("constraints") or []
    _check(_are_of([field.get("type")], TYPES), f"The type of the field {key} is one of: {', '.join(TYPES)}.")
    _check(isinstance(field.get("config") or {}, dict), f"The config of the field {key} is an object.")
    _check(isinstance(field.get("readonly", False), bool), f"readonly of the field {key} is true or false.")
    _check(
        isinstance(constraints, list) and len(constraints) <= MOST_CONSTRAINTS and all(map(_is_object, constraints)),
        f"The field {key} lists up to {MOST_CONSTRAINTS} constraints.",
    )
    return str(key)


def _are_of(values: Any, known: tuple[str, ...]) -> bool:
    return isinstance(values, list) and all(isinstance(value, str) and value in known for value in values)


def _is_object(value: Any) -> bool:
    return isinstance(value, dict)


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= LONGEST and bool(value.strip())


def _check(is_good: bool, message: str) -> None:
    if not is_good:
        raise BadSheet(message)
