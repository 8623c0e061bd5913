"""Fields that are sealed in the database (诊断、证件号、账号): not searched, masked wherever they show."""

from typing import Any

from django.core import checks
from django.core.exceptions import FieldDoesNotExist, FieldError
from django.db import models
from django.db.models.query_utils import DeferredAttribute

from .keys import VaultError
from .sealing import PREFIX, seal, unseal

MASK = "••••••"


class Sealed(str):
    """What the database holds."""

    __slots__ = ()


class Secret:
    """A value that shows itself as ``••••••`` everywhere; ``reveal()`` opens it, its caller notes who looked.

    It is never pickled: neither a cache nor a session may hold it.
    """

    __slots__ = ("_context", "_last", "_plain", "_sealed")

    def __init__(
        self, *, plain: str | None = None, sealed: str = "", context: str = "", last: int = 0
    ) -> None:
        self._plain, self._sealed, self._context, self._last = plain, sealed, context, last

    def reveal(self) -> str:
        """Return the value; raises VaultError when it cannot be opened."""
        if self._plain is None:
            self._plain = unseal(self._sealed, self._context)
        return self._plain

    def token(self, context: str) -> str:
        """Return the value sealed for ``context``; one that is sealed for it already stays as it is."""
        if self._sealed and self._context == context:
            return self._sealed
        plain = self.reveal()
        return seal(plain, context) if plain else ""

    def __str__(self) -> str:
        try:
            tail = self.reveal()[-self._last :] if self._last and len(self.reveal()) > self._last else ""
        except VaultError:
            tail = ""
        return MASK + tail if self else ""

    def __repr__(self) -> str:
        return "<secret>"

    def __bool__(self) -> bool:
        return bool(self._sealed or self._plain)

    def __deepcopy__(self, _memo: dict[int, Any]) -> "Secret":
        return self

    def __reduce__(self) -> Any:
        raise TypeError("a secret is not pickled")


class SecretAttribute(DeferredAttribute):
    """Gives a row's value as a Secret, and takes a text or a Secret."""

    field: "EncryptedTextField"

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        """Return the Secret, None where there is nothing; on the class itself, this."""
        value = super().__get__(instance, cls)
        if isinstance(value, Sealed):
            context = self.field.context_of(instance)
            value = Secret(sealed=value, context=context, last=self.field.show_last)
            instance.__dict__[self.field.attname] = value
        return value

    def __set__(self, instance: Any, value: Any) -> None:
        """Take what was typed, what the database holds, or the Secret of any row."""
        if isinstance(value, str) and not isinstance(value, Sealed):
            value = Secret(plain=value, last=self.field.show_last)
        instance.__dict__[self.field.attname] = value


class EncryptedTextField(models.TextField[Any, Any]):
    """A text that the database holds sealed, bound to model, field and row.

    ``bound_to`` names a field of the row that is known before it is saved and never changes (``public_id``).
    ``show_last`` characters stay legible behind the mask, for account numbers. ``known_as`` keeps the name
    ``app.model.field`` it was first sealed under, after a renaming. It is written through its row (``save``,
    ``bulk_create``), never by ``update``; forms name their own field and assign what was typed.
    """

    descriptor_class = SecretAttribute

    def __init__(
        self, *args: Any, bound_to: str = "public_id", show_last: int = 0, known_as: str = "", **kwargs: Any
    ) -> None:
        self.bound_to, self.show_last, self.known_as = bound_to, show_last, known_as
        kwargs.setdefault("editable", False)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        """Return what migrations write."""
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("editable", None)
        if self.editable:
            kwargs["editable"] = True
        for option, default in (("bound_to", "public_id"), ("show_last", 0), ("known_as", "")):
            if getattr(self, option) != default:
                kwargs[option] = getattr(self, option)
        return name, path.replace("vault.fields", "vault"), args, kwargs

    def context_of(self, instance: Any) -> str:
        """Return the place a value of this row is bound to."""
        place = self.known_as or f"{self.model._meta.label_lower}.{self.name}"  # noqa: SLF001
        return f"{place}:{getattr(instance, self.bound_to)}"

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        """Refuse what an encrypted field cannot do."""
        found = super().check(**kwargs)
        if self.unique or getattr(self, "db_index", False) or self.primary_key:
            text = "An encrypted field cannot be unique or indexed: equal texts are sealed differently."
            found.append(checks.Error(text, obj=self, id="core.E001"))
        try:
            self.model._meta.get_field(self.bound_to)  # noqa: SLF001
        except FieldDoesNotExist:
            hint = "Give bound_to the name of a field that is set before the row is saved."
            found.append(checks.Error(f"There is no {self.bound_to}.", hint=hint, obj=self, id="core.E002"))
        return found

    def from_db_value(self, value: Any, *_asked: Any) -> Any:
        """Return the sealed text; the row's attribute opens it."""
        return Sealed(value) if value else value

    def to_python(self, value: Any) -> Any:
        """Take what a fixture holds; what is typed never comes this way."""
        return Sealed(value) if isinstance(value, str) and value.startswith(PREFIX) else value

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:  # noqa: ARG002, FBT001
        """Seal what was assigned."""
        value = getattr(model_instance, self.attname)
        return Sealed(value.token(self.context_of(model_instance))) if isinstance(value, Secret) else value

    def get_prep_value(self, value: Any) -> Any:
        """Let only sealed texts reach the database; raises TypeError for anything legible."""
        if value is None or value == "" or isinstance(value, Sealed):
            return value
        raise TypeError(f"{self.name} is encrypted: assign it to its row and save that.")

    def value_to_string(self, obj: models.Model) -> str:
        """Return it sealed, for fixtures."""
        return str(self.pre_save(obj, add=False) or "")

    def get_lookup(self, lookup_name: str) -> Any:
        """Let questions ask only whether there is something; raises FieldError for all others."""
        if lookup_name == "isnull":
            return super().get_lookup(lookup_name)
        raise FieldError(f"{self.name} is encrypted: it cannot be searched.")
