"""The illustrator draws every motif in every shape, the same for the same seed."""

import hashlib

import pytest

from home.demo.papercut import MOTIFS, picture
from home.demo.papercut.paper import composition

SHAPES = ((160, 100), (150, 100), (100, 100), (90, 120))


def digest(motif, seed, size):
    return hashlib.sha256(picture(motif, seed, size).tobytes()).hexdigest()


def test_there_are_twenty_nine_motifs():
    assert len(MOTIFS) == len(set(MOTIFS)) == 29


@pytest.mark.parametrize("motif", MOTIFS)
def test_a_motif_draws_in_every_shape(motif):
    for size in SHAPES:
        drawn = picture(motif, "夜里两点", size)
        assert (drawn.size, drawn.mode) == (size, "RGB")
        assert len(set(drawn.resize((12, 12)).get_flattened_data())) > 20  # a scene, not a plain sheet


@pytest.mark.parametrize("motif", ["mountain", "hospital_night", "congress"])
def test_the_same_seed_draws_the_same_picture(motif):
    assert digest(motif, "登山节", (120, 80)) == digest(motif, "登山节", (120, 80))
    assert digest(motif, "登山节", (120, 80)) != digest(motif, "车迷协会", (120, 80))


def test_seeds_reach_all_three_compositions():
    assert {composition(str(seed)) for seed in range(30)} == {0, 1, 2}


def test_an_unknown_motif_is_refused():
    with pytest.raises(KeyError, match="emblem"):
        picture("emblem", "登山节", (120, 80))
