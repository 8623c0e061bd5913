"""Demo notices: what a few people of the demo find in their inbox; nothing of anybody's private matters."""

from datetime import timedelta

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from cms.kit.rooms import Say

from .models import Notice
from .notices import notify

EVERYBODY = ("100001", "100002", "100003", "100004", "100005")
OFFICERS = ("100001", "100002", "100003", "100004")
HOURS = timedelta(hours=1)

# key, who, topic, hours ago, whether it was read, address, title, text
TOLD = (
    ("welcome", EVERYBODY, "account", 24 * 20, True, "/accounts/password/change/",
     "您的账号开好了",
     "初始密码请改成自己的。改好以后，原来的就不能用了。"),
    ("choices", EVERYBODY, "account", 24 * 19, True, "/extranet/inbox/choices/",
     "消息怎么收，由您定",
     "站内消息是正本，一条不少。要不要邮件提醒、夜里收不收，在这里选。"),
    ("choir", EVERYBODY, "union", 24 * 15, True, "/news/",
     "迎春合唱开始排练",
     "每周三、周五晚 7 点，行政楼五楼。夜班同事可以只来周五。"),
    ("reports", OFFICERS, "union", 24 * 9, True, "/reports/",
     "上半年工作总结登出来了",
     "登录后在“工作总结”里看，数字都有出处。"),
    ("sports", EVERYBODY, "union", 24 * 5, True, "/notices/",
     "冬季趣味运动会开始报名",
     "每科一队 8 人，至少 3 位女同志，报给工会小组长。"),
    ("rules", EVERYBODY, "union", 24 * 2, False, "/rules/",
     "慰问办法有了新的一版",
     "住院、生育、退休、家里有难，各种情形怎么办，都写在里面。"),
    ("device", OFFICERS, "account", 20, False, "/accounts/password/change/",
     "一台新设备登录了您的账号",
     "昨天晚上，院内网。如果不是您本人，请马上改密码，再告诉工会办。"),
    ("power", EVERYBODY, "union", 3, False, "/notices/",
     "周六上午活动室停电检修",
     "8:00–12:00 用不了，下午照常开门。"),
)  # fmt: skip


def tell(say: Say) -> None:
    """Tell the demo accounts that are there what happened lately; a second time nobody is told anything."""
    people = {person.get_username(): person for person in _people()}
    before = Notice.objects.count()
    for key, who, topic, hours, was_read, url, title, body in TOLD:
        recipients = [people[number] for number in who if number in people]
        _tell(f"demo:{key}", recipients, hours * HOURS, was_read=was_read, said=(topic, title, body, url))
    if made := Notice.objects.count() - before:
        say(f"站内消息 {made} 条")


def _people() -> list[object]:
    model = get_user_model()
    return list(model.objects.filter(**{f"{model.USERNAME_FIELD}__in": EVERYBODY}))


def _tell(
    key: str, recipients: list[object], ago: timedelta, *, was_read: bool, said: tuple[str, str, str, str]
) -> None:
    topic, title, body, url = said
    known = set(Notice.objects.filter(key=key).values_list("recipient_id", flat=True))
    new = [person for person in recipients if person.pk not in known]
    with transaction.atomic():
        notify(new, topic=topic, title=title, body=body, url=url, key=key)
        told_at = timezone.now() - ago
        rows = Notice.objects.filter(key=key, recipient__in=new)
        rows.update(told_at=told_at, read_at=told_at + HOURS if was_read else None)
