"""Reading people for others."""

from typing import Any

from extranet.members.models import User, offices_of

__all__ = ["has_history", "offices_of"]

# What belongs to the account itself and goes with it; everything else that names a person is history.
OF_THE_ACCOUNT = {
    "wagtailusers.userprofile",
    "account.emailaddress",
    "mfa.authenticator",
    "members.signedin",
    "members.mailchange",
}


def has_history(person: User) -> bool:
    """Tell whether ``person`` ever signed in or is named by any record: such people are never deleted."""
    if person.last_login:
        return True
    relations: list[Any] = User._meta.get_fields(include_hidden=True)  # noqa: SLF001
    for relation in relations:
        if not (relation.auto_created and (relation.one_to_many or relation.one_to_one)):
            continue
        table = relation.related_model
        if table._meta.auto_created or table._meta.label_lower in OF_THE_ACCOUNT:  # noqa: SLF001
            continue
        if table._default_manager.filter(**{relation.field.name: person}).exists():  # noqa: SLF001
            return True
    return False
