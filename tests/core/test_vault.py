"""The vault: legible to nobody without a key that lies outside the database; bound to its place; masked."""

import copy
import pickle
from base64 import urlsafe_b64encode
from io import BytesIO

import pytest
from django.core import checks, serializers
from django.core.exceptions import FieldError
from django.db import connection, models, transaction

from cms.backup import pack
from extranet.core import vault
from extranet.core.vault import keys, sealing
from tests.core.tickets.models import Ticket

PLACE = "tickets.ticket.reason:abc"
DIAGNOSIS = "乳腺癌术后，右侧"


@pytest.fixture
def keys_dir(settings, tmp_path):
    settings.KEYS_DIR = tmp_path / "keys"
    return settings.KEYS_DIR


@pytest.fixture
def person_with_ticket(person, keys_dir):
    return Ticket.objects.create(holder=person(), reason=DIAGNOSIS, account="6222020200112233")


def in_the_database(ticket, column="reason"):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM tickets_ticket WHERE id = %s", [ticket.pk])  # noqa: S608
        return cursor.fetchone()[0]


def test_the_key_is_made_at_first_use_for_its_owner_alone(keys_dir):
    assert not keys_dir.exists()
    sealed = vault.seal("一", PLACE)
    file = keys_dir / "vault-keys"
    assert file.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in keys_dir.iterdir()] == ["vault-keys"]
    assert vault.unseal(sealed, PLACE) == "一"


def test_of_two_processes_that_make_the_key_one_wins_and_both_use_it(keys_dir, monkeypatch):
    first = vault.keyring()
    monkeypatch.setattr(
        type(keys.path()), "exists", lambda self: False
    )  # looked before the first had written
    assert vault.keyring() == first


def test_a_text_is_sealed_anew_each_time_and_names_its_key(keys_dir):
    one, two = vault.seal(DIAGNOSIS, PLACE), vault.seal(DIAGNOSIS, PLACE)
    assert one != two
    assert sealing.sealed_with(one) == vault.keyring()[0].id
    assert [vault.unseal(token, PLACE) for token in (one, two)] == [DIAGNOSIS, DIAGNOSIS]


@pytest.mark.parametrize("bad", ["place", "bytes", "cut", "nonsense"])
def test_what_was_changed_or_stands_elsewhere_does_not_open(bad, keys_dir):
    token = vault.seal(DIAGNOSIS, PLACE)
    changed = {
        "place": token,
        "bytes": token[:-6] + ("AAAAA=" if not token.endswith("AAAAA=") else "BBBBB="),
        "cut": token[:40],
        "nonsense": "vault1.x",
    }[bad]
    with pytest.raises(vault.VaultError):
        vault.unseal(changed, PLACE + ("x" if bad == "place" else ""))


def test_several_keys_open_and_the_first_one_seals(settings):
    old, new = bytes(32), b"\1" * 32
    settings.VAULT_KEYS = [old]
    before = vault.seal("旧", PLACE)
    settings.VAULT_KEYS = [new, old]
    assert vault.unseal(before, PLACE) == "旧"
    assert sealing.sealed_with(vault.seal("新", PLACE)) == keys.Key(new).id
    settings.VAULT_KEYS = [new]
    with pytest.raises(vault.KeyMissing, match=keys.Key(old).id):
        vault.unseal(before, PLACE)


def test_a_lost_key_is_said_clearly_and_the_secret_key_does_not_help(settings, keys_dir):
    token = vault.seal("旧", PLACE)
    (keys_dir / "vault-keys").unlink()
    settings.SECRET_KEY = "another" * 10
    with pytest.raises(vault.KeyMissing, match="从备份"):
        vault.unseal(token, PLACE)


@pytest.mark.parametrize("content", ["", "# nothing\n", "no key\n", urlsafe_b64encode(bytes(16)).decode()])
def test_a_damaged_key_file_is_named(content, keys_dir):
    keys_dir.mkdir()
    (keys_dir / "vault-keys").write_text(content)
    with pytest.raises(vault.VaultError, match="vault-keys"):
        vault.keyring()


def test_the_keys_are_in_the_backup(settings, tmp_path):
    settings.PRIVATE_ROOT, settings.KEYS_DIR = tmp_path, tmp_path / "keys"
    vault.keyring()
    assert [path.name for path in pack.files_of("keys")] == ["vault-keys"]


def test_a_key_shows_itself_to_nobody(keys_dir):
    assert repr(vault.keyring()[0]) == "Key()"


SIZES = [0, 1, sealing.CHUNK - 1, sealing.CHUNK, sealing.CHUNK + 1, 3 * sealing.CHUNK, 3 * sealing.CHUNK + 5]


def sealed_file(content, step=10_000):
    chunks = (content[start : start + step] for start in range(0, len(content), step))
    return b"".join(vault.seal_chunks(chunks, PLACE))


def opened(content, context=PLACE):
    return b"".join(vault.unseal_chunks(BytesIO(content), context))


@pytest.mark.parametrize("size", SIZES)
def test_a_file_of_any_size_comes_back_as_it_was(size, keys_dir):
    content = bytes(number % 251 for number in range(size))
    sealed = sealed_file(content)
    assert opened(sealed) == content
    pieces = max(1, -(-size // sealing.CHUNK))
    assert len(sealed) == sealing.HEAD + size + pieces * sealing.TAG
    assert content[:64] not in sealed or size < 64


def hurt(sealed):
    body, piece = sealing.HEAD, sealing.CHUNK + sealing.TAG
    yield "shortened by a piece", sealed[: body + 2 * piece]
    yield "shortened by a byte", sealed[:-1]
    yield (
        "two pieces swapped",
        sealed[:body]
        + sealed[body + piece : body + 2 * piece]
        + sealed[body : body + piece]
        + sealed[body + 2 * piece :],
    )
    yield "lengthened", sealed + b"x" * 20
    yield "a bit turned", sealed[:100] + bytes([sealed[100] ^ 1]) + sealed[101:]
    yield "another salt", sealed[:12] + bytes(16) + sealed[28:]
    yield "no head", sealed[5:]
    yield "empty", b""


@pytest.mark.parametrize("kind", [name for name, _bytes in hurt(bytes(400_000))])
def test_a_file_that_was_hurt_does_not_open(kind, keys_dir):
    sealed = sealed_file(bytes(3 * sealing.CHUNK))
    with pytest.raises(vault.VaultError):
        opened(dict(hurt(sealed))[kind])


def test_a_file_laid_under_another_name_does_not_open(keys_dir):
    with pytest.raises(vault.VaultError):
        opened(sealed_file(b"x"), "core.attachment:other")


def test_the_database_holds_nothing_legible(person_with_ticket):
    for column in ("reason", "account"):
        held = in_the_database(person_with_ticket, column)
        assert held.startswith(f"vault1.{vault.keyring()[0].id}.")
        assert "癌" not in held
        assert "6222" not in held
    kept = Ticket.objects.get()
    assert (kept.reason.reveal(), kept.account.reveal()) == (DIAGNOSIS, "6222020200112233")


def test_a_secret_shows_a_mask_everywhere(person_with_ticket):
    for ticket in (person_with_ticket, Ticket.objects.get()):
        assert (str(ticket.reason), f"{ticket.account}") == ("••••••", "••••••2233")
        assert repr(ticket.reason) == "<secret>"
        assert "癌" not in repr(vars(ticket))
    assert "癌" not in repr(list(Ticket.objects.values("reason", "account")))
    assert "癌" not in serializers.serialize("json", [person_with_ticket])


def test_a_secret_is_not_pickled(person_with_ticket):
    with pytest.raises(TypeError, match="not pickled"):
        pickle.dumps(person_with_ticket.reason)
    assert copy.deepcopy(person_with_ticket).reason.reveal() == DIAGNOSIS


def test_a_sealed_text_copied_into_another_row_does_not_open(person_with_ticket, person):
    other = Ticket.objects.create(holder=person())
    with connection.cursor() as cursor:
        cursor.execute("UPDATE tickets_ticket SET reason = %s", [in_the_database(person_with_ticket)])
    with pytest.raises(vault.VaultError):
        Ticket.objects.get(pk=other.pk).reason.reveal()


def test_a_secret_assigned_to_another_row_is_sealed_for_that_row(person_with_ticket, person):
    other = Ticket.objects.create(holder=person(), reason=person_with_ticket.reason)
    assert Ticket.objects.get(pk=other.pk).reason.reveal() == DIAGNOSIS


def test_saving_a_row_leaves_what_was_not_touched_as_it_was(person_with_ticket):
    before = in_the_database(person_with_ticket)
    ticket = Ticket.objects.get()
    assert ticket.reason.reveal() == DIAGNOSIS
    ticket.save()
    ticket.full_clean()
    ticket.save()
    assert in_the_database(person_with_ticket) == before
    ticket.reason = "已出院"
    ticket.save(update_fields=["reason"])
    ticket.refresh_from_db()
    assert ticket.reason.reveal() == "已出院"


def test_nothing_is_nothing(person, keys_dir):
    ticket = Ticket.objects.create(holder=person())
    kept = Ticket.objects.defer("reason").get(pk=ticket.pk)
    assert (bool(kept.reason), kept.account) == (False, None)
    assert not (keys_dir / "vault-keys").exists()
    assert Ticket.objects.filter(account__isnull=True).get() == ticket


@pytest.mark.parametrize(
    "question", [{"reason": "x"}, {"reason__contains": "癌"}, {"account__startswith": "6"}]
)
def test_a_secret_cannot_be_searched(question, person_with_ticket):
    with pytest.raises(FieldError, match="cannot be searched"):
        Ticket.objects.filter(**question).exists()


def test_a_legible_text_reaches_the_database_by_no_way(person_with_ticket):
    with pytest.raises(TypeError, match="is encrypted"), transaction.atomic():
        Ticket.objects.update(reason="明文")
    person_with_ticket.reason = "明文"
    with pytest.raises((TypeError, AttributeError)), transaction.atomic():
        Ticket.objects.bulk_update([person_with_ticket], ["reason"])
    assert Ticket.objects.get().reason.reveal() == DIAGNOSIS


def test_rows_made_in_bulk_are_sealed(person, keys_dir):
    Ticket.objects.bulk_create([Ticket(holder=person(), reason=str(number)) for number in range(3)])
    assert sorted(ticket.reason.reveal() for ticket in Ticket.objects.all()) == ["0", "1", "2"]


def test_a_fixture_carries_it_sealed_and_back(person_with_ticket):
    written = serializers.serialize("json", [person_with_ticket])
    (read,) = serializers.deserialize("json", written)
    assert read.object.reason.reveal() == DIAGNOSIS


def test_a_field_that_cannot_work_is_found_by_the_checks():
    class Wrong(models.Model):  # noqa: DJ008
        unique_one = vault.EncryptedTextField(unique=True)

        class Meta:
            app_label = "tickets"
            managed = False

    try:
        found = [error.id for error in checks.run_checks([Wrong._meta.app_config]) if error.obj is not None]
    finally:
        del Wrong._meta.apps.all_models["tickets"]["wrong"]
        Wrong._meta.apps.clear_cache()
    assert {"core.E001", "core.E002"} <= set(found)


def test_migrations_know_the_field_and_its_choices():
    name, path, _args, kwargs = Ticket._meta.get_field("account").deconstruct()
    assert (name, path) == ("account", "extranet.core.vault.EncryptedTextField")
    assert kwargs == {"null": True, "show_last": 4}
