"""Makes a roster of any length: ``python -m tests.bench.roster_file FILE N``."""

import random
import sys
from pathlib import Path
from typing import Any

import xlsxwriter

HEADERS = (
    *("工号", "姓名", "性别", "出生年月", "部门", "岗位", "职称", "用工形式", "手机", "邮箱", "入会日期"),
    *("分工会", "小组", "班次", "会员状态"),
)
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧"
GIVEN = "明华芳娜敏静丽强磊军洋勇艳杰涛超秀霞平刚桂英建国玉兰志红文雪琳佳怡宁"
POSTS = {
    "护士": ("护士", "护师", "主管护师"),
    "医师": ("住院医师", "主治医师", "副主任医师"),
    "职员": ("", ""),
}
DEPARTMENTS, BRANCHES = 60, 20
Row = list[Any]


def department(number: int) -> tuple[str, str, str]:
    """Return the names of a department, its branch and its group."""
    branch = number % BRANCHES + 1
    return f"第{number + 1}病区", f"第{branch}分工会", f"第{number + 1}小组"


def rows(count: int, seed: int = 7) -> list[Row]:
    """Return so many people, the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311
    made = []
    for number in range(count):
        ward, branch, group = department(chance.randrange(DEPARTMENTS))
        post = chance.choice(list(POSTS))
        year, month = chance.randrange(1964, 2003), chance.randrange(1, 13)
        joined = f"{min(2025, year + 20 + chance.randrange(12))}-{chance.randrange(1, 13):02}-15"
        name = chance.choice(SURNAMES) + "".join(chance.sample(GIVEN, chance.choice((1, 2, 2))))
        person: Row = [100_000 + number, name, chance.choice("女女女男"), f"{year}年{month}月", ward, post]
        person += [chance.choice(POSTS[post]), chance.choice(("在编", "合同制", "劳务派遣"))]
        person += [13_000_000_000 + number * 7, f"n{100_000 + number}@example.org", joined, branch, group]
        made.append([*person, chance.choice(("白班", "倒班", "夜班")), "在籍"])
    return made


def changed(people: list[Row], share: int = 10, seed: int = 8) -> list[Row]:
    """Return the same people later: every ``share``-th moved and has another title and mobile."""
    chance = random.Random(seed)  # noqa: S311
    later = []
    for number, known in enumerate(people):
        person = list(known)
        if number % share == 0:
            person[4], person[11], person[12] = department(chance.randrange(DEPARTMENTS))
            person[6], person[8] = "主任护师", person[8] + 1
        later.append(person)
    return later


def write(path: Path, people: list[Row], headers: tuple[str, ...] = HEADERS) -> Path:
    """Write people as XLSX and return the path."""
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        sheet = book.add_worksheet("花名册")
        sheet.write_row(0, 0, headers)
        for number, person in enumerate(people, 1):
            sheet.write_row(number, 0, person)
    return path


if __name__ == "__main__":
    write(Path(sys.argv[1]), rows(int(sys.argv[2])))
