"""Rules and forms (制度与表格): each a page with a stable address; what has expired stays in the archive."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import BooleanField, Case, Exists, F, OuterRef, Q, Value, When
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PageChooserPanel, PublishingPanel
from wagtail.fields import RichTextField
from wagtail.models import Page, PageManager
from wagtail.search import index

from cms.kit.models import HouseDocument, HousePage
from cms.kit.models.pages import HousePageQuerySet, Reader, reader_of
from cms.kit.templatetags.house import long_date
from home import selectors
from home.rulebook import AskedRules, Rulebook

from .section import SectionPage

LONGEST_LINE = 50
"""Rules that replace one another in a row, at most."""


class RuleKind(models.TextChoices):
    """What an entry is; the value stands in addresses, the order in the list."""

    RULE = "rule", _("Charters and rules")
    GUIDE = "guide", _("Procedures and guides")
    FORM = "form", _("Forms to download")
    LAW = "law", _("Laws and orders from above")


class RuleQuerySet(HousePageQuerySet):
    """Rules, asked with a day in mind."""

    def as_cards(self, *more: str) -> "RuleQuerySet":
        """Load what the list shows, and ``more`` fields."""
        shown = (
            "title",
            "path",
            "depth",
            "url_path",
            "kind",
            "number",
            "issuer",
            "valid_from",
            "valid_until",
        )
        file = ("title", "file", "original_name", "file_size", "collection")
        fields = (*shown, "intro", *more, *(f"document__{name}" for name in file))
        return self.select_related("document").only(*fields)

    def standing_on(self, day: date) -> "RuleQuerySet":
        """Add ``replaced`` (by a published rule that is valid) and ``retired`` (replaced or expired)."""
        newer = RulePage.objects.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day), live=True, replaces=OuterRef("pk")
        )
        gone = [When(Q(replaced=True) | Q(valid_until__lt=day), then=Value(True))]  # noqa: FBT003
        retired = Case(*gone, default=Value(False), output_field=BooleanField())  # noqa: FBT003
        return self.annotate(replaced=Exists(newer)).annotate(retired=retired)


RuleManager = PageManager.from_queryset(RuleQuerySet)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One line of the list: the rule, its mark, what replaced it, whether this reader may have its file."""

    rule: "RulePage"
    card: selectors.Card
    mark: str = ""
    successor: selectors.Card | None = None
    file: HouseDocument | None = None
    withheld: bool = False


class RulePage(HousePage):
    """制度、流程、表格: number, issuer, days, the file. A link to it stays true when the file is replaced."""

    kind = models.CharField(_("kind"), max_length=10, choices=RuleKind, default=RuleKind.RULE)
    number = models.CharField(_("number"), max_length=40, blank=True, help_text=_("As printed on the paper."))
    issuer = models.CharField(_("issuer"), max_length=60, blank=True)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_until = models.DateField(
        _("valid until"), null=True, blank=True, help_text=_("Last day; afterwards it stands in the archive.")
    )
    replaces = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="replaced_by",
        verbose_name=_("replaces"),
        help_text=_("The old one leaves the list by itself and leads here."),
    )
    document = models.ForeignKey(
        HouseDocument,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("file"),
    )
    intro = models.CharField(
        _("in one sentence"), max_length=160, blank=True, help_text=_("Who needs it, and what for.")
    )
    text = RichTextField(
        _("text"),
        blank=True,
        features=["h2", "h3", "bold", "ol", "ul", "link", "document-link"],
        help_text=_("A short text may stand here instead of a file, or beside it."),
    )

    content_panels = [
        *HousePage.content_panels,
        FieldPanel("kind"),
        FieldPanel("document"),
        MultiFieldPanel(
            [FieldPanel("number"), FieldPanel("issuer"), FieldPanel("valid_from"), FieldPanel("valid_until")],
            heading=_("Number and days"),
        ),
        PageChooserPanel("replaces", "home.RulePage"),
        FieldPanel("intro"),
        FieldPanel("text"),
    ]
    settings_panels = [PublishingPanel()]
    search_fields = [
        *HousePage.search_fields,
        index.SearchField("number"),
        index.SearchField("issuer"),
        index.SearchField("intro"),
        index.SearchField("text"),
        index.FilterField("kind"),
    ]
    parent_page_types = ["home.RulesIndexPage"]
    subpage_types: list[str] = []
    show_in_menus_default = False
    template = "home/rule_page.html"
    page_description = _("A rule, a procedure or a form: number, days, file.")

    objects = RuleManager()

    class Meta:
        verbose_name = _("rule or form")
        verbose_name_plural = _("rules and forms")
        indexes = [models.Index(fields=["kind", "number", "page_ptr"], name="rulepage_in_order")]
        constraints = [
            models.CheckConstraint(
                name="home_rule_days_in_order",
                condition=Q(valid_from__isnull=True)
                | Q(valid_until__isnull=True)
                | Q(valid_until__gte=F("valid_from")),
                violation_error_message=_("A rule ends on or after its first day."),
            ),
            models.CheckConstraint(
                name="home_rule_replaces_another",
                condition=Q(replaces__isnull=True) | ~Q(replaces=F("page_ptr")),
                violation_error_message=_("A rule cannot replace itself."),
            ),
        ]

    @classmethod
    def for_reading(cls) -> models.QuerySet:
        """Return the rules with everything that stands on them."""
        rules: RuleQuerySet = cls.objects.select_related("document", "share_image", "replaces")
        return rules.standing_on(timezone.localdate())

    @cached_property
    def trail(self) -> list[Page]:
        """The pages above this one (the route knows them already)."""
        return selectors.trail_of(self)

    def mark(self, today: date) -> str:
        """Say in a word that it is not valid on a day, or nothing; asked of rows with ``replaced``."""
        if getattr(self, "replaced", False):
            return gettext("Repealed")
        if self.valid_until and self.valid_until < today:
            return gettext("Expired")
        if self.valid_from and self.valid_from > today:
            return gettext("Valid from %(day)s") % {"day": long_date(self.valid_from)}
        return ""

    def clean(self) -> None:
        """Refuse days in the wrong order, a circle of replacements, an entry with nothing in it."""
        super().clean()
        problems: dict[str, Any] = {}
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            problems["valid_until"] = _("Choose a day on or after the first day.")
        if self.replaces_id and self._leads_back(self.replaces):
            problems["replaces"] = _("Choose an older one: that one replaces this page itself.")
        if not self.document_id and not self.text.strip():
            problems["document"] = _("Choose the file, or write the text below.")
        if problems:
            raise ValidationError(problems)

    def _leads_back(self, older: "RulePage | None") -> bool:
        """Tell whether the line of replaced rules comes back to this one."""
        for _step in range(LONGEST_LINE):
            if older is None:
                return False
            if older.pk == self.pk:
                return True
            older = older.replaces
        return True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add how it stands today, what it replaced and what replaced it, as far as this reader may see."""
        reader, today = reader_of(request), timezone.localdate()
        line = entries([self], request, reader, today)[0]
        older = self.replaces
        seen = older is not None and reader.sees(older)
        return {
            **super().get_context(request, *args, **kwargs),
            **selectors.frame_of_page(self, request),
            "entry": line,
            "older": selectors.card(older, request, reader) if seen else None,
        }


def entries(rules: list[RulePage], request: HttpRequest, reader: Reader, today: date) -> list[Entry]:
    """Return the lines of these rules: what replaced them, which files this reader may have; two queries."""
    gone = [rule.pk for rule in rules if getattr(rule, "replaced", False)]
    newer = RulePage.objects.filter(replaces__in=gone).only("title", "path", "depth", "url_path", "replaces")
    found = reader.visible(newer).order_by("pk") if gone else []
    after = {page.replaces_id: selectors.card(page, request, reader) for page in found}
    files = [rule.document_id for rule in rules if rule.document_id]
    readable = selectors.readable_documents(files, reader.user)
    return [
        Entry(
            rule=rule,
            card=selectors.card(rule, request, reader),
            mark=rule.mark(today),
            successor=after.get(rule.pk),
            file=rule.document,
            withheld=bool(rule.document_id) and rule.document_id not in readable,
        )
        for rule in rules
    ]


class RulesIndexPage(SectionPage):
    """制度与表格: the section of rules and forms by kind, with its archive."""

    subpage_types = ["home.RulePage"]
    template = "home/rules_index_page.html"
    page_description = _("Lists rules and forms by kind; expired ones go to its archive by themselves.")

    class Meta:
        verbose_name = _("rules section")
        verbose_name_plural = _("rules sections")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the list the query string asks for; raises Http404 when it makes no sense."""
        reader, today = reader_of(request), timezone.localdate()
        asked = AskedRules.read(request.GET, request.META.get("QUERY_STRING", ""))
        inside = RulePage.objects.filter(path__startswith=self.path)
        book = Rulebook(inside, asked, reader, today)
        frame = selectors.frame_of_page(self, request)
        return {
            **super().get_context(request, *args, **kwargs),
            **frame,
            "book": book,
            "groups": book.grouped(entries(book.items, request, reader, today)),
            "canonical": frame["canonical"] + asked.at(page=asked.page),
            "may_edit": selectors.may_edit(request),
        }
