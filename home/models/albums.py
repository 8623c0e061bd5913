"""Albums (活动掠影): the photos of an event, each with its words, and their section."""

from typing import Any

from django.db import models, transaction
from django.db.models import Count, F, Prefetch, Window
from django.db.models.functions import RowNumber
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import model_from_serializable_data
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, PublishingPanel
from wagtail.models import Orderable, PageManager
from wagtail.search import index

from cms.kit.frame import frame_of
from cms.kit.models import Consent, HouseImage, HousePage
from cms.kit.models.pages import reader_of
from home import selectors, viewer

from .index import StoryIndex
from .photos_panel import PhotosPanel
from .story import PICTURE, RelatedLink, Story, StoryQuerySet

OTHERS = 3


class AlbumQuerySet(StoryQuerySet):
    """Albums, asked for lists: with their first photo, for those without a chosen cover, and their number."""

    def as_cards(self, *more: str) -> "AlbumQuerySet":
        """Load what a list with pictures shows; one more query for the photos, however many albums."""
        leading = Prefetch("photos", queryset=AlbumPhoto.objects.leading(), to_attr="leading")
        return super().as_cards(*more).prefetch_related(leading)


class AlbumPage(Story):
    """相册: when and where something happened, and its photos in their order."""

    body = None
    place = models.CharField(_("place of the event"), max_length=60, blank=True)
    author = models.CharField(
        _("photographer"), max_length=60, blank=True, help_text=_("Who took the photos, or their group.")
    )
    dated_on = models.DateField(
        _("day of the event"),
        default=Story._meta.get_field("dated_on").default,  # noqa: SLF001 - the one place that has it
        help_text=_("Orders the list and the archive."),
    )
    cover = models.ForeignKey(
        "kit.HouseImage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("cover"),
        help_text=_("Stands for the album in lists; the first photo when none is chosen."),
    )

    # Not the photos: a form that stood open would overwrite those that have arrived since.
    content_panels = [
        *HousePage.content_panels,
        FieldPanel("lead"),
        MultiFieldPanel(
            [FieldPanel("dated_on"), FieldPanel("place"), FieldPanel("category")], heading=_("Placing")
        ),
        PhotosPanel(heading=_("Photos")),
        MultiFieldPanel([FieldPanel("author"), FieldPanel("source")], heading=_("Photographer and source")),
        InlinePanel("related_links", heading=_("Related pages"), label=_("related page"), max_num=6),
    ]
    settings_panels = [PublishingPanel(), FieldPanel("pinned_until")]
    search_fields = [
        *HousePage.search_fields,
        index.SearchField("lead"),
        index.SearchField("place"),
        index.RelatedFields("photos", [index.SearchField("caption")]),
        index.FilterField("dated_on"),
        index.FilterField("category"),
    ]
    parent_page_types = ["home.AlbumIndexPage"]
    template = "home/album_page.html"
    page_description = _("The photos of an event, with words to each.")

    objects = PageManager.from_queryset(AlbumQuerySet)()

    class Meta(Story.Meta):
        verbose_name = _("album")
        verbose_name_plural = _("albums")

    @classmethod
    def from_serializable_data(cls, data: Any, check_fks: bool = True, strict_fks: bool = False) -> Any:  # noqa: FBT001, FBT002
        """Build a draft from its kept form; its images are looked for together, not one by one."""
        rows = data.get("photos") or []
        album = super().from_serializable_data({**data, "photos": []}, check_fks, strict_fks)
        if album is not None and rows:
            wanted = {row["image"] for row in rows}
            there = set(HouseImage.objects.filter(pk__in=wanted).values_list("pk", flat=True))
            kept = [row for row in rows if row["image"] in there or not check_fks]
            album.photos.set([model_from_serializable_data(AlbumPhoto, row, check_fks=False) for row in kept])
        return album

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """Save the page, then its photos together: row by row, publishing three hundred asks 700 queries."""
        fields = kwargs.get("update_fields")
        laid = None
        if (fields is None or "photos" in fields) and self.photos.is_deferring:
            laid = self._cluster_related_objects.pop("photos")
        saved = super().save(*args, **kwargs)
        if laid is not None:
            AlbumPhoto.objects.lay(self, laid)
        return saved

    @cached_property
    def shown(self) -> list[viewer.Shot]:
        """The photos everybody may see, in their order: none whose consent was withdrawn; one query."""
        return viewer.shots_of(self)

    @cached_property
    def face(self) -> HouseImage | None:
        """The picture that stands for the album: the chosen cover, else the first photo that is shown."""
        return selectors.shown(self.cover) or viewer.first_of(self)

    @property
    def picture(self) -> Any:
        """The picture when shared."""
        return selectors.shown(self.share_image) or self.face

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the photos the query string asks for, the way back, what belongs to it, other albums."""
        context = super(Story, self).get_context(request, *args, **kwargs)
        reader = reader_of(request)
        leaf = viewer.leaf_of(self, request.GET, request.META.get("QUERY_STRING", ""))
        images = viewer.images_of(self, leaf)
        if self.shown:
            self.face = selectors.shown(self.cover) or images.get(self.shown[0].image_id)
        frame = selectors.frame_of_page(self, request)
        chosen = selectors.chosen_cards(self, request, reader)
        return {
            **context,
            **frame,
            "leaf": leaf,
            "frames": viewer.frames(self, leaf, images),
            "canonical": frame["canonical"] + (f"?page={leaf.number}" if leaf.number > 1 else ""),
            "related_stories": [item for item in chosen if item.dated_on],
            "related_pages": [item for item in chosen if not item.dated_on],
            "others": selectors.cards(self._others(reader), request, reader),
            "contacts": frame_of(request).identity,
            "may_edit": selectors.may_edit(request),
        }

    def _others(self, reader: Any) -> Any:
        """Return the newest other albums of the section."""
        if not self.path:  # previewed before it is first saved
            return []
        beside = AlbumPage.objects.filter(path__startswith=self.path[: -self.steplen])
        return reader.visible(beside).exclude(pk=self.pk).as_cards().newest()[:OTHERS]


class AlbumPhotoQuerySet(models.QuerySet[Any]):
    """Photos in albums."""

    def shown(self) -> "AlbumPhotoQuerySet":
        """Leave out those whose consent was withdrawn."""
        return self.exclude(image__consent=Consent.WITHDRAWN)

    def lay(self, page: AlbumPage, photos: list["AlbumPhoto"]) -> None:
        """Make these the photos of a page, all or nothing; one that was there keeps its row."""
        with transaction.atomic():
            there = {photo.image_id: photo for photo in self.filter(page=page)}
            fresh, changed = [], []
            for photo in {photo.image_id: photo for photo in photos}.values():
                photo.page = page
                known = there.pop(photo.image_id, None)
                photo.pk = known.pk if known else None
                if known is None:
                    fresh.append(photo)
                elif (known.caption, known.sort_order) != (photo.caption, photo.sort_order):
                    changed.append(photo)
            self.filter(pk__in=[photo.pk for photo in there.values()]).delete()
            self.bulk_create(fresh)
            self.bulk_update(changed, ["caption", "sort_order"])

    def leading(self) -> "AlbumPhotoQuerySet":
        """Keep the first shown photo of each album; ``in_all`` tells how many are shown."""
        order = [F("sort_order").asc(), F("pk").asc()]
        ranked = self.shown().annotate(
            rank=Window(RowNumber(), partition_by=F("page"), order_by=order),
            in_all=Window(Count("pk"), partition_by=F("page")),
        )
        fields = ("page", "sort_order", *(f"image__{name}" for name in PICTURE))
        return ranked.filter(rank=1).select_related("image").only(*fields)


class AlbumPhoto(Orderable):
    """A photo in its album; it goes through drafts, review and publication with the page."""

    page = ParentalKey(AlbumPage, on_delete=models.CASCADE, related_name="photos")
    image = models.ForeignKey(
        "kit.HouseImage", on_delete=models.CASCADE, related_name="+", verbose_name=_("photo")
    )
    caption = models.CharField(
        _("caption"),
        max_length=120,
        blank=True,
        help_text=_("One sentence: who does what, or why it matters."),
    )

    objects = AlbumPhotoQuerySet.as_manager()

    class Meta(Orderable.Meta):
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        constraints = [models.UniqueConstraint(fields=["page", "image"], name="home_photo_once_in_album")]

    def __str__(self) -> str:
        return self.caption or str(self.image)


class AlbumRelatedLink(RelatedLink):
    """A page that belongs to an album: the story of the event, its notice."""

    page = ParentalKey(AlbumPage, on_delete=models.CASCADE, related_name="related_links")


class AlbumIndexPage(StoryIndex):
    """活动掠影: the section of albums."""

    subpage_types = ["home.AlbumPage"]
    template = "home/album_index_page.html"
    page_description = _("Lists albums by year.")
    story_model = AlbumPage

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the albums in one row: a mosaic is not parted by months."""
        context = super().get_context(request, *args, **kwargs)
        return {**context, "albums": [item for group in context["groups"] for item in group.items]}

    class Meta:
        verbose_name = _("album section")
        verbose_name_plural = _("album sections")
