"""The site's own identity (名称、联系方式、备案号) and its menus, edited in the admin."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Orderable


@register_setting(icon="home", order=10)
class SiteIdentity(BaseSiteSetting):
    """Who speaks here and how to reach them; nothing of one hospital is fixed in code."""

    house_name = models.CharField(_("name of the site"), max_length=30, default="职工之家")
    union_name = models.CharField(_("name of the union"), max_length=60, blank=True)
    hospital_name = models.CharField(_("name of the hospital"), max_length=60, blank=True)
    organiser = models.CharField(
        _("organiser"),
        max_length=80,
        blank=True,
        help_text=_("Full name as registered, for the foot of every page."),
    )
    description = models.CharField(
        _("one sentence about the site"),
        max_length=160,
        blank=True,
        help_text=_("Stands in the foot of every page and under the name in search results."),
    )
    mark = models.ForeignKey(
        "kit.HouseImage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("mark"),
        help_text=_("Square picture; without one the house's own mark is shown."),
    )
    share_image = models.ForeignKey(
        "kit.HouseImage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("share picture"),
        help_text=_("For pages that have no picture of their own."),
    )
    address = models.CharField(_("place"), max_length=120, blank=True)
    opening_hours = models.CharField(_("opening hours"), max_length=120, blank=True)
    phone = models.CharField(_("phone"), max_length=60, blank=True)
    email = models.EmailField(_("email"), blank=True)
    letters = models.CharField(_("letter box"), max_length=120, blank=True)
    icp_number = models.CharField(_("ICP filing number"), max_length=60, blank=True)
    police_number = models.CharField(_("public security filing number"), max_length=60, blank=True)
    mourning = models.BooleanField(
        _("mourning grey"),
        default=False,
        help_text=_("Shows every page in grey on days of mourning."),
    )

    panels = [
        MultiFieldPanel(
            [
                FieldPanel("house_name"),
                FieldPanel("union_name"),
                FieldPanel("hospital_name"),
                FieldPanel("organiser"),
                FieldPanel("description"),
                FieldPanel("mark"),
                FieldPanel("share_image"),
            ],
            heading=_("Names and mark"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("address"),
                FieldPanel("opening_hours"),
                FieldPanel("phone"),
                FieldPanel("email"),
                FieldPanel("letters"),
            ],
            heading=_("Contacts"),
        ),
        MultiFieldPanel(
            [FieldPanel("icp_number"), FieldPanel("police_number"), FieldPanel("mourning")],
            heading=_("Filing numbers and mourning"),
        ),
    ]
    select_related = ["mark", "share_image"]

    class Meta:
        verbose_name = _("names and contacts")


@register_setting(icon="list-ul", order=20)
class Navigation(ClusterableModel, BaseSiteSetting):
    """Main menu, quick links and links in the foot; pages a reader may not see are left out for them."""

    panels = [
        InlinePanel("menu_items", heading=_("Main menu"), label=_("menu item"), max_num=10),
        InlinePanel(
            "quick_links",
            heading=_("Quick links on the home page"),
            label=_("quick link"),
            max_num=8,
        ),
        InlinePanel("footer_links", heading=_("Links in the foot"), label=_("link"), max_num=16),
    ]

    class Meta:
        verbose_name = _("menus")


class Link(Orderable):
    """Abstract: a label that leads to a page or an address."""

    label = models.CharField(
        _("label"), max_length=20, blank=True, help_text=_("Empty: the page's own title.")
    )
    page = models.ForeignKey(
        "wagtailcore.Page",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("page"),
    )
    url = models.CharField(
        _("address"),
        max_length=300,
        blank=True,
        help_text=_("Only when it is no page of this site."),
    )

    panels = [FieldPanel("page"), FieldPanel("url"), FieldPanel("label")]

    class Meta(Orderable.Meta):
        abstract = True

    def __str__(self) -> str:
        return self.label or (self.page.title if self.page else self.url)

    def clean(self) -> None:
        """Ask for exactly one target, and a label where no page lends its title."""
        super().clean()
        problems: dict[str, Any] = {}
        if bool(self.page_id) == bool(self.url):
            problems["page"] = _("Choose a page or write an address, one of the two.")
        if self.url and not self.label:
            problems["label"] = _("Write what the link says.")
        if self.url and not self.url.startswith(("/", "https://", "http://", "mailto:", "tel:")):
            problems["url"] = _("Begin with https:// or, for this site, with a slash.")
        if problems:
            raise ValidationError(problems)


class MenuItem(Link):
    """One word of the main menu."""

    navigation = ParentalKey(Navigation, on_delete=models.CASCADE, related_name="menu_items")


class QuickLink(Link):
    """A tile beside the services of the members' area."""

    navigation = ParentalKey(Navigation, on_delete=models.CASCADE, related_name="quick_links")
    hint = models.CharField(_("hint"), max_length=30, blank=True)

    panels = [*Link.panels, FieldPanel("hint")]


class FooterLink(Link):
    """One link in the foot of every page."""

    navigation = ParentalKey(Navigation, on_delete=models.CASCADE, related_name="footer_links")
