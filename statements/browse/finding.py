"""What the form of a search sends along and cannot show beside a field of its own."""

from django.http import QueryDict

from statements.search.results import StatementSearch

IN_THE_FORM = ("q", "since", "until")
STARTS_ANEW = ("cursor", "limit")


def kept_parameters(parameters: QueryDict) -> list[tuple[str, str]]:
    """The parameters that the form has no field for and must send along."""
    return [
        (name, value)
        for name, values in parameters.lists()
        if name not in (*IN_THE_FORM, *STARTS_ANEW)
        for value in values
    ]


def faults(search: StatementSearch) -> list[tuple[str, str]]:
    """The label and the message of each error that has no field in the form."""
    return [
        (str(search.form.fields[name].label or name), message)
        for name, messages in search.errors.items()
        if name not in IN_THE_FORM
        for message in messages
    ]
