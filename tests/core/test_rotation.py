"""A new key for everything that is sealed: resumable, beside writers, nothing is lost when one is missing."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from cms import doctor
from extranet.core import vault
from extranet.core.attachments import resealing, store
from extranet.core.models import Attachment
from extranet.core.vault import keys, rotation
from tests.core.tickets.models import Ticket
from tests.kit import papers

pytestmark = pytest.mark.django_db
OLD, NEW = bytes(32), b"\1" * 32
REASON = Ticket._meta.get_field("reason")


@pytest.fixture
def sealed(person, drop, settings, lying):
    """Three tickets and two files under the old key; the new one stands before it."""
    settings.VAULT_KEYS = [OLD]
    holder = person()
    for number in range(3):
        Ticket.objects.create(holder=holder, reason=f"原因{number}", account="62220202")
    for _time in range(2):
        drop(holder, papers.pdf(), "诊断.pdf", "diagnosis")
    settings.VAULT_KEYS = [NEW, OLD]
    return holder


def rotate(*arguments):
    out = StringIO()
    call_command("rotate_vault", *arguments, stdout=out)
    return out.getvalue()


def opened():
    rows = [(ticket.reason.reveal(), ticket.account.reveal()) for ticket in Ticket.objects.order_by("pk")]
    files = [b"".join(store.chunks_of(attachment)) for attachment in Attachment.objects.order_by("pk")]
    return rows, files


WHOLE = ([(f"原因{number}", "62220202") for number in range(3)], [papers.pdf()] * 2)


@pytest.mark.usefixtures("sealed")
def test_everything_comes_under_the_first_key_and_the_old_one_is_needed_no_more(
    settings, lying, django_capture_on_commit_callbacks
):
    before = lying()
    with django_capture_on_commit_callbacks(execute=True):
        said = rotate()
    assert keys.Key(OLD).id in said
    settings.VAULT_KEYS = [NEW]
    assert opened() == WHOLE
    assert rotation.in_use() == {keys.Key(NEW).id: 6}
    assert resealing.in_use() == {keys.Key(NEW).id: 2}
    assert len(lying()) == 2
    assert not set(before) & set(lying())


@pytest.mark.usefixtures("sealed")
def test_killed_in_the_middle_it_goes_on_where_it_was(settings, monkeypatch, lying):
    real, times = rotation._reseal_row, iter([None, None, ZeroDivisionError])

    def dying(row, field):
        if error := next(times, None):
            raise error
        real(row, field)

    monkeypatch.setattr(rotation, "_reseal_row", dying)
    with pytest.raises(ZeroDivisionError):
        rotate()
    assert rotation.behind(Ticket, REASON).count() == 1
    assert opened() == WHOLE
    rotate()
    settings.VAULT_KEYS = [NEW]
    assert opened() == WHOLE


@pytest.mark.usefixtures("sealed")
def test_a_second_run_has_nothing_to_do():
    rotate()
    files = list(Attachment.objects.values_list("file", flat=True))
    assert "/" not in rotate().splitlines()[1]
    assert list(Attachment.objects.values_list("file", flat=True)) == files


@pytest.mark.usefixtures("sealed")
def test_a_row_changed_meanwhile_keeps_what_was_written(settings):
    row = rotation.behind(Ticket, REASON).order_by("pk").first()
    fresh = Ticket.objects.get(pk=row.pk)
    fresh.reason = "改过了"
    fresh.save()
    rotation._reseal_row(row, REASON)
    assert Ticket.objects.get(pk=row.pk).reason.reveal() == "改过了"


@pytest.mark.usefixtures("sealed")
def test_what_a_missing_key_has_sealed_is_named_and_left_as_it_was(settings, lying):
    settings.VAULT_KEYS = [NEW]
    with pytest.raises(CommandError, match=keys.Key(OLD).id):
        rotate()
    settings.VAULT_KEYS = [NEW, OLD]
    assert opened() == WHOLE
    assert len(lying()) == 2


def test_a_new_key_goes_to_the_front_of_the_file(settings, lying):
    first = vault.keyring()[0]
    said = rotate("--new-key")
    assert [key.id for key in vault.keyring()][1:] == [first.id]
    assert vault.keyring()[0].id in said
    assert keys.path().stat().st_mode & 0o777 == 0o600


def test_with_keys_in_the_environment_the_new_one_is_put_there(settings):
    settings.VAULT_KEYS = [OLD]
    with pytest.raises(CommandError, match="VAULT_KEYS"):
        rotate("--new-key")


def asked():
    with translation.override("en"):
        found = doctor.vault_keys()
    return found.state, found.text


def test_the_doctor_holds_the_keys_against_what_is_sealed(settings, lying, sealed):
    assert doctor.vault_keys in doctor.QUESTIONS
    assert asked()[0] == "well"
    assert asked()[1].endswith("; 8 fields and files are sealed")
    settings.VAULT_KEYS = [NEW]
    assert asked() == ("wrong", f"Keys are missing that sealed something: {keys.Key(OLD).id}.")
    settings.VAULT_KEYS = []
    assert asked() == ("wrong", "They are gone, and something is sealed with them.")


def test_the_doctor_minds_who_can_read_the_keys(lying):
    assert asked() == ("well", "None is needed yet; one is made when the first thing is sealed.")
    vault.keyring()
    assert asked()[0] == "well"
    keys.path().chmod(0o640)
    assert asked() == ("wrong", "Others on this machine can read it.")
    keys.path().write_text("nonsense")
    keys.path().chmod(0o600)
    assert asked()[0] == "wrong"
