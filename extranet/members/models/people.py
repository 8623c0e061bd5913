"""The person who signs in (用户) by staff number (工号)."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .names import LONGEST_INITIALS, LONGEST_PINYIN, SpelledField

staff_number_shape = RegexValidator(
    r"^[0-9A-Za-z]{3,20}\Z", _("A staff number has 3 to 20 digits or letters, without blanks.")
)
mobile_shape = RegexValidator(
    r"^\+?[0-9]{6,15}\Z", _("Write the number in digits only, such as 13800000000.")
)


class UserManager(BaseUserManager["User"]):
    """Creates people with a cleaned staff number."""

    def create_user(self, staff_number: str, password: str | None = None, **fields: Any) -> "User":
        """Create one person; without a password nobody can sign in as them yet."""
        user = self.model(staff_number=self.model.normalize_username(staff_number.strip()), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, staff_number: str, password: str, **fields: Any) -> "User":
        """Create an administrator of the site."""
        return self.create_user(staff_number, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A person known by staff number; mail and mobile are optional."""

    staff_number = models.CharField(
        _("staff number"),
        max_length=20,
        unique=True,
        validators=[staff_number_shape],
        error_messages={"unique": _("Somebody already has this staff number.")},
    )
    name = models.CharField(pgettext_lazy("person", "name"), max_length=60)
    name_pinyin = SpelledField(max_length=LONGEST_PINYIN, blank=True, editable=False)
    name_initials = SpelledField(max_length=LONGEST_INITIALS, blank=True, editable=False)
    email = models.EmailField(_("email"), blank=True)
    mobile = models.CharField(_("mobile"), max_length=20, blank=True, validators=[mobile_shape])
    mobile_is_known = models.BooleanField(
        _("mobile from the roster"),
        default=True,
        editable=False,
        help_text=_("Only a number from the roster opens the door; one that somebody typed does not."),
    )
    is_active = models.BooleanField(
        _("may sign in"), default=True, help_text=_("Switch this off instead of deleting a person.")
    )
    is_staff = models.BooleanField(_("technical staff"), default=False, editable=False)
    date_joined = models.DateTimeField(_("added at"), default=timezone.now, editable=False)
    # The next day on which an office of theirs begins or is over: until then their groups are in line.
    offices_change_on = models.DateField(null=True, blank=True, editable=False)

    objects = UserManager()
    USERNAME_FIELD = "staff_number"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["staff_number"]
        constraints = [
            models.UniqueConstraint(
                "email",
                condition=~Q(email=""),
                name="members_user_email_once",
                violation_error_message=_("Somebody already uses this mail address."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.staff_number}）"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write the spelling of the name along with the name."""
        named = kwargs.get("update_fields")
        if named is not None and "name" in named:
            kwargs["update_fields"] = {*named, "name_pinyin", "name_initials"}
        super().save(*args, **kwargs)

    def get_full_name(self) -> str:
        """Return the one name field, as Django and Wagtail ask for it."""
        return self.name

    get_short_name = get_full_name

    @property
    def first_name(self) -> str:
        """The name, for Wagtail's sidebar, which asks for a first name."""
        return self.name

    @classmethod
    def normalize_username(cls, username: str) -> str:
        """Return a staff number as it is kept: narrow digits, lower case, as the door looks it up."""
        return super().normalize_username(username).lower()

    def clean(self) -> None:
        """Store mail addresses in lower case, so that one person is found by any spelling."""
        super().clean()
        self.email = self.email.strip().lower()
