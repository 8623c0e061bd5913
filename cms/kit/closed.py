"""What only members may see (会员可读): collections whose pictures and documents visitors never get."""

from django.utils.translation import gettext as _
from wagtail.models import Collection, CollectionViewRestriction


def members_collection() -> Collection:
    """Return the house's collection for members (会员资料), closed to visitors; made when there is none."""
    name = _("For members only")
    found = Collection.objects.filter(name=name).first()
    if found is None:
        found = Collection.get_first_root_node().add_child(name=name)
        CollectionViewRestriction.objects.create(
            collection=found, restriction_type=CollectionViewRestriction.LOGIN
        )
    return found
