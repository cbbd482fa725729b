from dataclasses import replace
from datetime import date

import pytest

from data.manifest import FORMAT, Manifest, Pointer, RuleWarning, SourceFile, TableFile


def manifest(**changes: object) -> Manifest:
    drawn_up = Manifest(
        format=FORMAT,
        schema_version=1,
        id="",
        sequence=0,
        known_on=date(2014, 3, 16),
        created_by="campaign 0.1.0",
        synthetic=False,
        tables={"units": TableFile("units.parquet", 5, "ab" * 32, 3, {"unit_id": "String", "sub_batch": "Int32"})},
        sources=(SourceFile("units.csv", 40, "cd" * 32, 3, "csv, utf-8"),),
        warnings=(RuleWarning("V13", 2),),
    )
    return replace(drawn_up, **changes).numbered(7)  # type: ignore[arg-type]


def test_a_manifest_comes_back_from_its_own_text() -> None:
    assert Manifest.from_json(manifest().to_json()) == manifest()


def test_the_id_tells_date_sequence_and_content() -> None:
    assert manifest().id == f"2014-03-16-0007-{manifest().content_hash[:16]}"


def test_the_content_hash_does_not_depend_on_the_sequence() -> None:
    assert manifest().numbered(8).content_hash == manifest().content_hash


@pytest.mark.parametrize(
    "change", [{"synthetic": True}, {"warnings": ()}, {"created_by": "campaign 0.2.0"}, {"known_on": date(2014, 3, 23)}]
)
def test_the_content_hash_covers_every_other_field(change: dict[str, object]) -> None:
    assert manifest(**change).content_hash != manifest().content_hash


def test_no_single_flipped_bit_gives_a_manifest_that_fits_its_id() -> None:
    text = manifest().to_json()
    for position in range(len(text) * 8):
        flipped = bytearray(text)
        flipped[position // 8] ^= 1 << position % 8
        try:
            seen = Manifest.from_json(bytes(flipped))
        except ValueError:
            continue
        assert seen.numbered(seen.sequence).id != seen.id or seen.id != manifest().id


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (b"", "not JSON"),
        (b"[1]", "not a JSON object"),
        (b"{}", "missing or unknown"),
        (manifest().to_json().replace(b'"sequence"', b'"number"'), "missing or unknown"),
        (manifest().to_json().replace(b'"format": 1', b'"format": 2'), "this program reads format 1"),
        (manifest().to_json().replace(b'"rows": 3', b'"rows": 3.0') + b" ", "changed after it was written"),
        (b"[" * 100_000, "not JSON"),
    ],
)
def test_a_text_that_is_no_manifest_is_refused_with_the_reason(text: bytes, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        Manifest.from_json(text)


def test_a_pointer_comes_back_and_a_changed_one_does_not() -> None:
    pointer = Pointer(3, manifest().id, manifest().sha256)
    assert Pointer.from_json(pointer.to_json()) == pointer
    for text in (b"", b"{}", b"null", pointer.to_json()[:-1], pointer.to_json().replace(b"3", b'"3"', 1)):
        with pytest.raises(ValueError, match=r"JSON|missing|changed"):
            Pointer.from_json(text)
