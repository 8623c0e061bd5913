"""What only members may see (会员可读): collections whose pictures, videos and documents visitors never get.

A restriction (隐私设置) closes its collection and those below it. Documents are asked for their collection
whenever somebody wants one. Pictures and videos carry the answer with them: ``served["closed"]`` of a picture
is its closed collection, the name of a closed video begins with ``closed/``; so pages draw them without a
query, and their files lie in private. ``follow`` makes both true again after anything that could change it:
a restriction, a picture or a collection that moves.
"""

from collections.abc import Iterable
from functools import wraps
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import CharField, Exists, ExpressionWrapper, F, Model, OuterRef, QuerySet
from django.db.models.signals import post_delete, post_save
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.models import Collection, CollectionViewRestriction


def members_collection() -> Collection:
    """Return the house's collection for members (会员资料), closed to visitors; made when there is none."""
    with translation.override(settings.LANGUAGE_CODE):  # one name, whatever language whoever asks reads
        name = _("For members only")
    found = Collection.objects.filter(name=name).first()
    if found is None:
        with transaction.atomic():
            found = Collection.get_first_root_node().add_child(name=name)
            CollectionViewRestriction.objects.create(
                collection=found, restriction_type=CollectionViewRestriction.LOGIN
            )
    return found


def barring(user: Any) -> QuerySet[CollectionViewRestriction]:
    """Return the restrictions that ``user`` does not pass (None: a visitor); none for an administrator."""
    rows = CollectionViewRestriction.objects.exclude(restriction_type=CollectionViewRestriction.NONE)
    if user is None or not user.is_authenticated:
        return rows
    if user.is_active and user.is_superuser:
        return rows.none()
    return rows.exclude(restriction_type=CollectionViewRestriction.LOGIN).exclude(
        restriction_type=CollectionViewRestriction.GROUPS, groups__in=user.groups.all()
    )


def closes(path: str, user: Any = None) -> Exists:
    """Return the condition that a restriction bars ``user`` from the collection at the field ``path``."""
    where = ExpressionWrapper(OuterRef(path), output_field=CharField())
    return Exists(barring(user).alias(where=where).filter(where__startswith=F("collection__path")))


def closed_to(user: Any = None) -> set[int]:
    """Return the collections that ``user`` (None: a visitor) may not look into, one query."""
    return set(Collection.objects.filter(closes("path", user)).order_by().values_list("pk", flat=True))


def is_closed(collection_id: int | None) -> bool:
    """Tell whether visitors may not look into a collection, one query."""
    return Collection.objects.filter(closes("path"), pk=collection_id).exists()


_LETS = """
SELECT 1 FROM {thing} thing JOIN {collection} own ON own.id = thing.collection_id
WHERE ({wanted}) AND NOT EXISTS (
  SELECT 1 FROM {restriction} bar JOIN {collection} above ON above.id = bar.collection_id
  WHERE own.path LIKE above.path || '%%' AND bar.restriction_type NOT IN ('none', 'login')
  AND NOT (bar.restriction_type = 'groups' AND EXISTS (
    SELECT 1 FROM {allowed} allowed JOIN {mine} mine ON mine.group_id = allowed.group_id
    WHERE allowed.collectionviewrestriction_id = bar.id AND mine.user_id = %s)))
LIMIT 1
"""


def lets(user: Any, model: type[Model], fields: Iterable[str], names: list[str]) -> bool:
    """Tell whether a signed-in ``user`` may look into the collection of what has one of ``names``, one query.

    The same as ``barring``, written out: an album asks sixty times, and building the query took more than all
    the rest of the answer.
    """
    tables = {
        "thing": model._meta.db_table,  # noqa: SLF001
        "collection": Collection._meta.db_table,  # noqa: SLF001
        "restriction": CollectionViewRestriction._meta.db_table,  # noqa: SLF001
        "allowed": CollectionViewRestriction.groups.through._meta.db_table,  # noqa: SLF001
        "mine": user.groups.through._meta.db_table,  # noqa: SLF001
    }
    marks = ", ".join(["%s"] * len(names))
    wanted = " OR ".join(f"thing.{field} IN ({marks})" for field in fields)
    query, given = _LETS.format(**tables, wanted=wanted), [*names * len(list(fields)), user.pk]
    with connection.cursor() as cursor:
        cursor.execute(query, given)
        return cursor.fetchone() is not None


def hold() -> None:
    """Let nobody else decide what is closed until this transaction ends (on SQLite nobody writes anyway)."""
    if connection.features.has_select_for_update:
        list(Collection.objects.select_for_update().filter(depth=1).values_list("pk"))


def follow(**_signal: Any) -> int:
    """Let every picture and video lie where its collection says; return how many did not.

    What has become closed leaves the public folder with the commit; a worker then draws it anew in private.
    """
    from cms.kit import film_files, photo_files  # noqa: PLC0415 - both need the models, which name this module

    with transaction.atomic():
        hold()
        shut = closed_to()
        return photo_files.follow(shut) + film_files.follow(shut)


def following(move: Any) -> Any:
    """Wrap a method after which collections may lie elsewhere: treebeard tells nobody that it moved one."""

    @wraps(move)
    def moved(*args: Any, **kwargs: Any) -> Any:
        with transaction.atomic():
            answer = move(*args, **kwargs)
            follow()
        return answer

    return moved


def listen() -> None:
    """Follow every restriction and every collection that moves; called once when the kit is ready."""
    for signal in (post_save, post_delete):
        signal.connect(follow, sender=CollectionViewRestriction, dispatch_uid="closed-follow")
    if "move" not in vars(Collection):  # else we have been here
        Collection.move = following(Collection.move)


class ClosableQuerySet:
    """Mixed into the managers of pictures and videos."""

    decisive: Iterable[str] = ("collection", "collection_id", "consent")

    def readable(self, user: Any) -> Any:
        """Leave out what lies in collections that ``user`` may not look into."""
        return self.exclude(closes("collection__path", user))  # type: ignore[attr-defined]

    def update(self, **fields: Any) -> int:
        """Write; what moved in bulk is followed like one that is saved, in the same transaction."""
        if not set(fields) & set(self.decisive):
            return super().update(**fields)  # type: ignore[misc]
        with transaction.atomic():
            written = super().update(**fields)  # type: ignore[misc]
            follow()
        return written
