"""``{% photo %}``: every size and format without a query, a place kept for what is not drawn yet."""

import pytest
from django.template import Context, Template

from cms.kit import photos
from cms.kit.models import HouseImage
from cms.kit.templatetags.photos import focus


def drawn(image):
    """Say that every size lies ready, without drawing them."""
    image.served = {"stem": "abc", "sizes": [[400, 300], [800, 600], [1280, 960]]}
    return image


def draw(template, **context):
    return Template("{% load photos %}" + template).render(Context(context))


def test_the_tag_draws_every_format_without_a_query(db, django_assert_num_queries):
    image = drawn(HouseImage(collection_id=1, description="三位同事 & <旗>"))
    base = "/media/images/abc"
    with django_assert_num_queries(0):
        html = draw('{% photo image sizes="(min-width: 60rem) 640px, 100vw" css="lead" %}', image=image)
    assert html == (
        '<picture><source type="image/avif" sizes="(min-width: 60rem) 640px, 100vw"'
        f' srcset="{base}-400.avif 400w, {base}-800.avif 800w, {base}-1280.avif 1280w">'
        '<source type="image/webp" sizes="(min-width: 60rem) 640px, 100vw"'
        f' srcset="{base}-400.webp 400w, {base}-800.webp 800w, {base}-1280.webp 1280w">'
        f'<img class="lead focus-5" src="{base}-800.jpg" width="800" height="600"'
        ' alt="三位同事 &amp; &lt;旗&gt;" loading="lazy" decoding="async"></picture>'
    )


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        ('alt="别的"', ' alt="别的"'),
        ('alt=""', ' alt="三位同事"'),
        ("decorative=True", ' alt=""'),
        ("eager=True", ' fetchpriority="high">'),
        ("alt=hostile", ' alt="&quot;&gt;&lt;script&gt;"'),
    ],
)
def test_the_tag_listens_to_its_arguments(arguments, part):
    image = drawn(HouseImage(collection_id=1, description="三位同事"))
    html = draw("{% photo image " + arguments + " %}", image=image, hostile='"><script>')
    assert part in html
    assert ("loading" in html) == ("eager" not in arguments)


def test_a_picture_not_drawn_yet_keeps_its_place(db, django_assert_num_queries):
    image = HouseImage(collection_id=1, description="三位同事", width=1600, height=1200)
    with django_assert_num_queries(0):
        html = draw('{% photo image css="lead" %}', image=image)
    assert html == (
        '<picture><img class="picture__empty lead focus-5" src="data:image/svg+xml,%3Csvg%20xmlns%3D'
        "%27http%3A//www.w3.org/2000/svg%27%20width%3D%271600%27%20height%3D%271200%27/%3E"
        '" width="1600" height="1200" alt="三位同事"></picture>'
    )


def test_no_picture_draws_nothing():
    assert draw("{% photo image %}", image=None) == ""


@pytest.mark.parametrize(
    ("x", "y", "ninth"),
    [(None, None, 5), (0, 0, 1), (800, 599, 5), (1599, 0, 3), (1600, 1200, 9), (0, 700, 4)],
)
def test_the_focal_point_names_a_ninth(x, y, ninth):
    assert (
        focus(HouseImage(collection_id=1, width=1600, height=1200, focal_point_x=x, focal_point_y=y)) == ninth
    )


def test_a_shared_page_gets_an_absolute_jpeg(settings):
    settings.BASE_URL = "https://union.example.org"
    image = HouseImage(collection_id=1)
    assert photos.photo_url(image) == ""
    drawn(image)
    assert photos.photo_url(image) == "https://union.example.org/media/images/abc-1280.jpg"
    assert photos.photo_url(image, 500, "webp", absolute=False) == "/media/images/abc-400.webp"
    assert draw("{% photo_url image 800 %}", image=image).endswith("/media/images/abc-800.jpg")


def test_a_lean_picture_offers_one_modern_kind_within_its_bounds(db):
    image = drawn(HouseImage(collection_id=1))
    assert draw('{% photo image alt="灯" lean=True least=1280 %}', image=image) == (
        '<picture><source type="image/avif" srcset="/media/images/abc-1280.avif 1280w">'
        '<img src="/media/images/abc-1280.jpg" alt="灯" loading="lazy"></picture>'
    )
    small = draw('{% photo image sizes="34vw" alt="灯" lean=True most=800 eager=True %}', image=image)
    assert small == (
        '<picture><source type="image/avif" sizes="34vw" srcset="/media/images/abc-400.avif 400w, '
        '/media/images/abc-800.avif 800w"><img src="/media/images/abc-800.jpg" alt="灯"></picture>'
    )
    image.served = {"stem": "abc", "sizes": [[300, 200]]}
    assert "abc-300.avif 300w" in draw("{% photo image lean=True least=1280 %}", image=image)
