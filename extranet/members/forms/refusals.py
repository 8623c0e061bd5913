"""What a service refuses, told in the form that asked."""

from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError


def tell(form: Any, refused: ValidationError) -> None:
    """Say what a service refused at the field it names, where the form has that field."""
    if not hasattr(refused, "error_dict"):
        form.add_error(None, refused)
        return
    for name, errors in refused.error_dict.items():
        known = name in form.fields and name != NON_FIELD_ERRORS
        form.add_error(name if known else None, errors)
