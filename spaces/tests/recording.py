"""Records over the API as the tests add, read and count them."""

from tests.knock import call, shown

FIELDS = [
    {"key": "name", "type": "string", "label": "Name", "constraints": [{"type": "required"}]},
    {"key": "age", "type": "number"},
    {"key": "1", "type": "string"},
    {"key": 'o"d\\d.$[0]%s', "type": "string"},
    {"key": "tags", "type": "string-list"},
    {"key": "is_new", "type": "boolean"},
]
ODD = 'o"d\\d.$[0]%s'


def cells(**values):
    return {key: {"value": value} for key, value in values.items()}


def people(*ages, **more):
    return [cells(name=f"Person {age}", age=age, **more) for age in ages]


def insert(credential, path, *records):
    return shown(call("POST", path, credential, list(records)))["records"]


def names(answer):
    return [record["values"]["name"]["value"] for record in shown(answer)["records"]]


def counts(credential, path, query=""):
    """The counts beside the records, which are the same as those asked for by themselves."""
    found = shown(call("GET", f"{path}?includeCounts=true&{query}", credential))["counts"]
    assert shown(call("GET", f"{path.removesuffix('records')}counts?{query}", credential))["counts"] == found
    return found
