"""The tree of RFC 9162: its published roots and proofs, and that no proof holds for anything else."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corrobora.preserve import merkle

# The leaves and roots that the authors of RFC 6962 published with their implementation; RFC 9162 hashes alike.
LEAVES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
INCLUSION = {  # (leaf, size): the published proof
    (0, 1): [],
    (0, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (5, 8): [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 3): ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"],
}
CONSISTENCY = {
    (1, 1): [],
    (6, 8): [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 5): [
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}


def hashes(count: int) -> list[bytes]:
    return [merkle.leaf_hash(bytes([n])) for n in range(count)]


def published() -> list[bytes]:
    return [merkle.leaf_hash(bytes.fromhex(leaf)) for leaf in LEAVES]


def test_the_empty_tree_has_the_hash_of_nothing() -> None:
    assert merkle.Tree([]).root() == merkle.root_of(()) == sha256(b"").digest()


@pytest.mark.parametrize("size", range(1, 9))
def test_roots_are_the_published_ones(size: int) -> None:
    leaves = published()[:size]
    assert merkle.Tree(leaves).root().hex() == ROOTS[size - 1]
    assert merkle.Tree(published()).root(size).hex() == ROOTS[size - 1]
    assert merkle.root_of(merkle.grow(0, (), leaves)).hex() == ROOTS[size - 1]


@pytest.mark.parametrize(("index", "size"), INCLUSION)
def test_inclusion_proofs_are_the_published_ones(index: int, size: int) -> None:
    proof = merkle.Tree(published()).inclusion(index, size)
    assert [node.hex() for node in proof] == INCLUSION[index, size]
    assert merkle.included(published()[index], index, size, proof, bytes.fromhex(ROOTS[size - 1]))


@pytest.mark.parametrize(("first", "size"), CONSISTENCY)
def test_consistency_proofs_are_the_published_ones(first: int, size: int) -> None:
    proof = merkle.Tree(published()).consistency(first, size)
    assert [node.hex() for node in proof] == CONSISTENCY[first, size]
    roots = bytes.fromhex(ROOTS[first - 1]), bytes.fromhex(ROOTS[size - 1])
    assert merkle.consistent(first, size, proof, *roots)


@given(st.integers(1, 200), st.data())
def test_each_leaf_is_proved_in_each_tree_and_nothing_else_is(size: int, data: st.DataObject) -> None:
    leaves = hashes(size)
    tree = merkle.Tree(leaves)
    index = data.draw(st.integers(0, size - 1))
    proof, root = tree.inclusion(index, size), tree.root()
    assert merkle.included(leaves[index], index, size, proof, root)
    other = merkle.leaf_hash(b"another")
    assert not merkle.included(other, index, size, proof, root)
    assert not merkle.included(leaves[index], index, size, (*proof, other), root)
    assert not merkle.included(leaves[index], index, size, proof, other)
    assert not merkle.included(leaves[index], size, size, proof, root)
    assert not merkle.included(leaves[index], -1, size, proof, root)
    for at in range(len(proof)):
        assert not merkle.included(leaves[index], index, size, (*proof[:at], other, *proof[at + 1 :]), root)
        assert not merkle.included(leaves[index], index, size, (*proof[:at], *proof[at + 1 :]), root)
    for wrong in {index ^ 1, index - 1, index + 1} - {index}:
        assert not merkle.included(leaves[index], wrong, size, proof, root)


@given(st.integers(0, 200), st.integers(0, 200))
def test_a_longer_tree_is_proved_to_begin_with_the_shorter(a: int, b: int) -> None:
    first, size = sorted((a, b))
    tree = merkle.Tree(hashes(size))
    proof, old, new = tree.consistency(first, size), tree.root(first), tree.root(size)
    assert merkle.consistent(first, size, proof, old, new)
    other = merkle.leaf_hash(b"another")
    assert not merkle.consistent(first, size, proof, other, new)
    if 0 < first < size:
        assert not merkle.consistent(first, size, proof, old, other)
        assert not merkle.consistent(first, size, (), old, new)
        assert not merkle.consistent(first, size, (*proof, other), old, new)
        assert not merkle.consistent(size, first, proof, new, old)


@given(st.lists(st.integers(0, 9), max_size=12))
def test_a_tree_that_grows_in_steps_has_the_root_of_one_made_at_once(steps: list[int]) -> None:
    leaves = hashes(sum(steps))
    frontier: tuple[bytes, ...] = ()
    done = 0
    for step in steps:
        frontier = merkle.grow(done, frontier, leaves[done : done + step])
        done += step
        assert merkle.root_of(frontier) == merkle.Tree(leaves[:done]).root()
        assert len(frontier) == done.bit_count()


def test_a_leaf_cannot_pass_for_a_node() -> None:
    a, b = hashes(2)
    assert merkle.leaf_hash(a + b) != merkle.node_hash(a, b)
