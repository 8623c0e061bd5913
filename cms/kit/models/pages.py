"""What every page of the website shares: who may see it, how it is shared, its slug."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page, PageManager, PageQuerySet, PageViewRestriction

from cms.kit import closed

Person = Any
"""Whoever looks: a signed-in user or Django's AnonymousUser."""


class Reader:
    """Whoever looks at pages; the restrictions are read once, however often one answer asks.

    A restriction (隐私设置) closes its page with everything below it, and every alias of that page. Shared
    page passwords open nothing in a list: such pages are absent for everybody but administrators.
    """

    def __init__(self, user: Person) -> None:
        self.user = user

    @cached_property
    def restrictions(self) -> list[PageViewRestriction]:
        """Every restriction of the tree with its ``paths`` and whether it is ``passed``, one query."""
        rows = PageViewRestriction.objects.annotate(
            path=F("page__path"),
            alias=F("page__aliases__path"),
            alias_of_alias=F("page__aliases__aliases__path"),
        )
        if self.user.is_authenticated:
            groups = self.user.groups.through.objects.filter(user_id=self.user.pk)
            shared = PageViewRestriction.groups.through.objects.filter(
                pageviewrestriction_id=OuterRef("pk"), group_id__in=groups.values("group_id")
            )
            rows = rows.annotate(in_group=Exists(shared))
        found: dict[int, PageViewRestriction] = {}
        for row in rows:
            kept = found.setdefault(row.pk, row)
            kept.paths = getattr(kept, "paths", set()) | {row.path, row.alias, row.alias_of_alias} - {None}
            kept.passed = self._passes(row)
        return list(found.values())

    def _passes(self, restriction: PageViewRestriction) -> bool:
        if self.user.is_active and getattr(self.user, "is_superuser", False):
            return True
        if restriction.restriction_type == PageViewRestriction.LOGIN:
            return self.user.is_authenticated
        if restriction.restriction_type == PageViewRestriction.GROUPS:
            return getattr(restriction, "in_group", False)
        return restriction.restriction_type == PageViewRestriction.NONE

    @cached_property
    def hidden(self) -> list[str]:
        """The tree paths under which this reader may not look."""
        return sorted(path for row in self.restrictions if not row.passed for path in row.paths)

    def on(self, path: str) -> list[PageViewRestriction]:
        """Return the restrictions that hold at a tree path, passed or not."""
        return [row for row in self.restrictions if path.startswith(tuple(row.paths))]

    def may_read(self, path: str) -> bool:
        """Tell whether nothing closes this tree path to the reader; live or not is another question."""
        return not path.startswith(tuple(self.hidden))

    def sees(self, page: Page) -> bool:
        """Tell of a loaded page what ``visible`` asks of many: it is published and open to this reader."""
        return page.live and self.may_read(page.path)

    @cached_property
    def barred(self) -> set[int]:
        """The collections this reader may not look into, one query; asked only for a closed picture."""
        return closed.closed_to(self.user)

    def shown(self, picture: Any) -> Any:
        """Return a picture or video if this reader may see it, else None: withdrawn, or closed to them.

        A visitor sees nothing closed, without a query; for members the first closed one costs one.
        """
        if picture is None or picture.is_withdrawn:
            return None
        if picture.closed_in is None:
            return picture
        passes = self.user.is_authenticated and picture.closed_in not in self.barred
        return picture if passes else None

    def visible(self, pages: PageQuerySet) -> PageQuerySet:
        """Keep the live pages this reader may read."""
        hidden = Q()
        for path in self.hidden:
            hidden |= Q(path__startswith=path)
        return pages.filter(live=True).exclude(hidden) if hidden else pages.filter(live=True)


def reader_of(request: HttpRequest) -> Reader:
    """Return the reader behind a request, the same one all through the answer."""
    user = getattr(request, "user", None) or AnonymousUser()
    reader: Reader | None = getattr(request, "_reader", None)
    if reader is None or reader.user != user:
        reader = Reader(user)
        request._reader = reader  # type: ignore[attr-defined]  # noqa: SLF001
    return reader


def visitor_of(request: HttpRequest) -> Reader:
    """Return a visitor, who may read what everybody may; the one behind the request, if it is one."""
    reader = reader_of(request)
    if not reader.user.is_authenticated:
        return reader
    visitor: Reader | None = getattr(request, "_visitor", None)
    if visitor is None:
        visitor = Reader(AnonymousUser())
        request._visitor = visitor  # type: ignore[attr-defined]  # noqa: SLF001
    return visitor


def restricted_paths(user: Person) -> list[str]:
    """Return the tree paths under which ``user`` may not look, one query."""
    return Reader(user).hidden


def visible_to(pages: PageQuerySet, user: Person) -> PageQuerySet:
    """Keep the live pages that ``user`` may read: every list, feed and menu asks this."""
    return Reader(user).visible(pages)


class HousePageQuerySet(PageQuerySet):
    """Pages, asked with a reader in mind."""

    def visible_to(self, user: Person) -> "HousePageQuerySet":
        """Keep the live pages that ``user`` may read."""
        return visible_to(self, user)


HousePageManager = PageManager.from_queryset(HousePageQuerySet)


SLUG_LENGTH = 60


def pinyin_slug(title: str) -> str:
    """Return a short address for a Chinese title: its pinyin, at most 60 characters on whole syllables."""
    from pypinyin import lazy_pinyin  # noqa: PLC0415 - 50 MiB of tables that only writing a page needs

    slug = slugify("-".join(lazy_pinyin(title)))
    return slug if len(slug) <= SLUG_LENGTH else slug[: SLUG_LENGTH + 1].rsplit("-", 1)[0]


class HousePageForm(WagtailAdminPageForm):
    """The editor's form: without an address the page makes its own, in pinyin."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False


class HousePage(Page):
    """Abstract: share picture, slug in pinyin, readers checked."""

    share_image = models.ForeignKey(
        "kit.HouseImage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("share picture"),
        help_text=_("Shown when the page is sent to a chat; otherwise its own picture."),
    )

    objects = HousePageManager()
    base_form_class = HousePageForm
    preview_sizes = [
        {"name": "phone", "icon": "mobile-alt", "device_width": 390, "label": _("Preview on a phone")},
        {"name": "desktop", "icon": "desktop", "device_width": 1440, "label": _("Preview on a desktop")},
    ]

    promote_panels = [
        MultiFieldPanel(
            [
                FieldPanel("slug"),
                FieldPanel("seo_title"),
                FieldPanel("search_description"),
                FieldPanel("share_image"),
                FieldPanel("show_in_menus"),
            ],
            heading=_("Address and sharing"),
        )
    ]

    slug: str

    class Meta:
        abstract = True

    def _set_core_field_defaults(self) -> None:
        # Wagtail's own hook for missing slugs: from a Chinese title it would make an empty one.
        if not self.slug and self.title and (self.path or getattr(self, "_cached_parent_obj", None)):
            self.slug = self._get_autogenerated_slug(pinyin_slug(self.title) or "page")
        super()._set_core_field_defaults()

    def get_view_restrictions(self) -> Any:
        """Return the restrictions on this page; the route leaves a reader here who has read them all."""
        reader = self.__dict__.get("reader")
        return super().get_view_restrictions() if reader is None else reader.on(self.path)

    @property
    def picture(self) -> Any:
        """The picture that stands for this page in lists and when shared, or None."""
        return self.share_image
