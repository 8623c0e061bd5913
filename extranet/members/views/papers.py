"""The papers of an application while it is filled in: those of its kind, the needed ones asked for."""

from dataclasses import replace
from typing import Any

from django.utils.functional import cached_property

from extranet.core.attachments.forms import SlotFiles, Uploads
from extranet.core.models import Attachment
from extranet.members.models import MembershipCase
from extranet.members.services.cases import Sort


class Papers(Uploads):
    """Files for one kind; ``case`` is the application that is completed, whose papers are there already."""

    def __init__(self, owner: Any, sort: Sort, form: str, case: MembershipCase | None = None) -> None:
        super().__init__(owner, form)
        self.sort, self.case = sort, case

    @cached_property
    def there(self) -> set[str]:
        """The kinds of paper that were handed in already."""
        if self.case is None:
            return set()
        return set(Attachment.objects.of(self.case).values_list("slot", flat=True))

    @cached_property
    def slots(self) -> list[SlotFiles]:
        """Those of this kind of application, the needed ones first."""
        every: Any = Uploads.__dict__["slots"]
        found = {mine.slot.slug: mine for mine in every.func(self)}
        mine = [found[slug] for slug in self.sort.papers]
        for one in mine:
            slug = one.slot.slug
            one.slot = replace(one.slot, required=slug in self.sort.needs and slug not in self.there)
        return mine
