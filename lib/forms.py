"""The base of every form, and fields they share: syntax is checked, and what the domain refused is shown beside it."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import Any, ClassVar
from urllib.parse import urlencode

from django import forms

from lib.names import readable
from lib.problems import InvalidInput, Problem, TooManyAttempts

SHOWN = {400, 409, 429}


def check_readable(name: str) -> None:
    """A validator for the forms that are not ours, whose domain function is called too late to be shown."""
    try:
        readable(name)
    except InvalidInput as problem:
        raise forms.ValidationError(problem.message) from None


class LinesField(forms.CharField):
    """A list of words, one a line."""

    widget = forms.Textarea

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        return [line.strip() for line in super().clean(value).splitlines() if line.strip()]


class ObjectField(forms.JSONField):
    """A JSON object; nothing is an empty one."""

    def clean(self, value: Any) -> dict[str, Any]:
        found = super().clean(value)
        if not isinstance(found, dict | None):
            raise forms.ValidationError('Write a JSON object, such as {"region": "eu"}.')
        return found or {}


class Form(forms.Form):
    """A form without the browser's label suffix; refusals of the domain become its errors.

    `limit` is the one that was met, if one was: the page around the form answers with its status (lib.pages.answered).
    """

    limit: TooManyAttempts | None = None
    shown_at: ClassVar[dict[str, str]] = {}  # names of the domain → the field that asks for it here

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)

    @contextmanager
    def showing_problems(self) -> Iterator[None]:
        """Turn a Problem about the input into an error of this form; anything else goes on upward."""
        try:
            yield
        except Problem as problem:
            if problem.status not in SHOWN:
                raise
            self.add_problem(problem)

    def add_problem(self, problem: Problem) -> None:
        """Show a refusal beside the field it is about, else above all fields."""
        if isinstance(problem, TooManyAttempts):
            self.limit = problem
        field = self.shown_at.get(problem.field or "", problem.field)
        self.add_error(field if field in self.fields else None, problem.message)


class Filters(Form):
    """What a list is narrowed by, read from the address of its page; what is not understood filters nothing.

    Field → further choices: those that only the page knows.
    """

    def __init__(self, data: Any, **choices: list[tuple[str, str]]) -> None:
        super().__init__(data)
        for name, found in choices.items():
            self.fields[name].choices += found  # type: ignore[attr-defined]

    @cached_property
    def given(self) -> dict[str, Any]:
        """What was asked for and understood."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def query(self) -> str:
        """The filters as they stand in an address."""
        return urlencode(self.given)
