"""Reading files of place names: GeoNames, tables, GeoJSON; what is broken or hostile costs itself alone, in words."""

import json
import zipfile
from collections import Counter
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corrobora.errors import BadInput, Refused
from corrobora.resolve import place_tables
from corrobora.resolve.place_tables import OtherName, Row, rows


def geonames(
    number: int, name: str, others: str = "", group: str = "P", code: str = "PPL", where: str = "34.5\t36.5"
) -> str:
    parts = (str(number), name, name, others, where, group, code, "SY", "", "11", "", "", "", "120", "", "500", "", "")
    return "\t".join(parts) + "\n"


def read(path: Path) -> tuple[list[Row | OtherName], Counter[str]]:
    left_out: Counter[str] = Counter()
    return list(rows(path, left_out, lambda _done, _all: None)), left_out


def of(tmp_path: Path, words: str, name: str = "places.csv") -> tuple[list[Row | OtherName], Counter[str]]:
    (tmp_path / name).write_text(words, encoding="utf-8")
    return read(tmp_path / name)


def only(found: list[Row | OtherName]) -> Row:
    (row,) = found
    assert isinstance(row, Row)
    return row


def test_a_row_of_geonames(tmp_path: Path) -> None:
    row = only(of(tmp_path, geonames(7, "Zorvelat", "Zurvelat,زورفلات"), "SY.txt")[0])
    assert (row.id, row.name, row.kind) == ("geonames:7", "Zorvelat", "settlement")
    assert row.others == ("Zurvelat", "زورفلات")
    assert (row.lat, row.lon, row.population) == (34.5, 36.5, 120)
    assert (row.country, row.admin1) == ("SY", "SY.11")


@pytest.mark.parametrize(
    ("group", "code", "kind"),
    [
        ("P", "PPL", "settlement"),
        ("P", "PPLC", "settlement"),
        ("P", "PPLX", "part"),
        ("P", "PPLQ", ""),
        ("A", "ADM1", "admin1"),
        ("A", "ADM3", "admin2"),
        ("A", "PCLI", ""),
        ("S", "AIRB", "site"),
        ("S", "CMPRF", "site"),
        ("S", "HTL", ""),
        ("H", "STM", ""),
        ("T", "MT", ""),
    ],
)
def test_what_kind_of_place_geonames_means(tmp_path: Path, group: str, code: str, kind: str) -> None:
    found, left_out = of(tmp_path, geonames(7, "Zorvelat", group=group, code=code), "SY.txt")
    assert [row.kind for row in found if isinstance(row, Row)] == ([kind] if kind else [])
    assert bool(left_out) is not bool(kind)


def test_a_zipped_dump_without_its_readme(tmp_path: Path) -> None:
    path = tmp_path / "SY.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("readme.txt", "Read me.")
        archive.writestr("SY.txt", geonames(7, "Zorvelat") + geonames(8, "Brask"))
    assert [row.name for row in read(path)[0]] == ["Zorvelat", "Brask"]


def test_alternate_names(tmp_path: Path) -> None:
    words = "1\t7\ten\tZurvelat\t1\t\t\t\n2\t7\tlink\thttps://example.org\t\t\t\t\n3\t7\tar\tزورفلات\t\t\t\t\n"
    found, left_out = of(tmp_path, words, "alternateNamesV2.txt")
    assert found == [OtherName(7, "Zurvelat"), OtherName(7, "زورفلات")]
    assert left_out == {"a code or link, not a name": 1}


@pytest.mark.parametrize(
    "head",
    ["name,latitude,longitude", "Name;Lat;Lon", "toponym\ty\tx", "NAME_EN,POINT_Y,POINT_X", "\ufeffvillage,lat,lng"],
)
def test_columns_are_found_by_their_names(tmp_path: Path, head: str) -> None:
    divider = "\t" if "\t" in head else ";" if ";" in head else ","
    row = only(of(tmp_path, f"{head}\n{divider.join(('Zorvelat', '34.5', '36.5'))}\n")[0])
    assert (row.name, row.lat, row.lon, row.kind) == ("Zorvelat", 34.5, 36.5, "settlement")


def test_a_table_of_divisions_with_codes(tmp_path: Path) -> None:
    words = "ADM1_EN,ADM2_EN,ADM2_AR,ADM2_PCODE,ADM0_PCODE,LATITUDE,LONGITUDE\nHoms,Zorvel,زورفل,SY0407,SY,34.5,36.5\n"
    row = only(of(tmp_path, words)[0])
    assert (row.id, row.name, row.others) == ("pcode:SY0407", "Zorvel", ("زورفل",))
    assert (row.country, row.admin1) == ("SY", "Homs")


def test_all_that_a_table_may_tell(tmp_path: Path) -> None:
    words = "name,lat,lon,aliases,population,country,admin1,kind,pcode,radius_km\n"
    row = only(of(tmp_path, words + 'Zorvel Camp,34.5,36.5,"Zorvil|Zurvel; Zorfel","12,000",sy,Homs,camp,C1,3\n')[0])
    assert row == Row(
        "pcode:C1", "Zorvel Camp", ("Zorvil", "Zurvel", "Zorfel"), "part", 34.5, 36.5, 3.0, 12_000, "SY", "Homs"
    )


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (",34.5,36.5", "no name, or one too long"),
        (f"{'x' * 201},34.5,36.5", "no name, or one too long"),
        ("Zor\u0007vel,34.5,36.5", "no name, or one too long"),
        ("Zorvel,north,36.5", "no point in degrees"),
        ("Zorvel,,", "no point in degrees"),
        ("Zorvel,95,36.5", "no point on the globe"),
        ("Zorvel,34.5,-181", "no point on the globe"),
        ("Zorvel,nan,36.5", "no point on the globe"),
        ("Zorvel,inf,36.5", "no point on the globe"),
        ("Zorvel", "no point in degrees"),
    ],
)
def test_a_bad_row_costs_itself_alone(tmp_path: Path, line: str, reason: str) -> None:
    found, left_out = of(tmp_path, f"name,lat,lon\n{line}\nBrask,1,2\n")
    assert only(found).name == "Brask"
    assert left_out == {reason: 1}


def test_geojson_points_and_areas(tmp_path: Path) -> None:
    square = [[[36.0, 34.0], [37.0, 34.0], [37.0, 35.0], [36.0, 35.0], [36.0, 34.0]]]
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [36.5, 34.5]},
            "properties": {"name": "Zorvel"},
        },
        {
            "type": "Feature",
            "geometry": {"type": "Polygon", "coordinates": square},
            "properties": {"ADM2_EN": "Brask", "ADM2_PCODE": "SY0409", "ADM1_EN": "Homs", "AREA": None},
        },
        {"type": "Feature", "geometry": None, "properties": {"name": "Nowhere"}},
    ]
    words = json.dumps({"type": "FeatureCollection", "features": features}, indent=1)
    found, left_out = of(tmp_path, words, "places.geojson")
    point, area = found
    assert isinstance(point, Row)
    assert isinstance(area, Row)
    assert (point.name, point.lat, point.lon) == ("Zorvel", 34.5, 36.5)
    assert (area.id, area.kind, area.lat, area.lon) == ("pcode:SY0409", "admin2", 34.5, 36.5)
    assert 60 < area.radius < 80
    assert left_out == {"no name or no point": 1}
    lines = "".join(json.dumps(feature) + "\n" for feature in features)
    assert of(tmp_path, lines, "places.geojsonl")[0] == found


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("empty.csv", b"", "empty"),
        ("blank.csv", b"\n\n", "empty"),
        ("latin.csv", "name,lat,lon\nZörvel,1,2\n".encode("latin-1"), "not UTF-8"),
        ("prose.txt", b"Dear all,\nhere are the villages.\n", "no column for"),
        ("nopoint.csv", b"name,pcode\nZorvel,SY1\n", "lat, lon"),
        ("cut.geojson", b'{"type": "FeatureCollection", "features": [{"type": "Fea', "not whole GeoJSON"),
        ("cut.zip", b"PK\x03\x04\x14\x00\x00\x00", "damaged or cut off"),
    ],
)
def test_a_file_that_cannot_be_used_is_told_with_what_to_do(tmp_path: Path, name: str, data: bytes, said: str) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(BadInput, match=said) as told:
        read(tmp_path / name)
    assert told.value.hint


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="is no file"):
        read(tmp_path / "nothing.zip")


def test_a_zip_that_breaks_off_within(tmp_path: Path) -> None:
    path = tmp_path / "SY.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("SY.txt", "".join(geonames(n, f"Zorvel{n * 7919}") for n in range(5_000)))
    data = bytearray(path.read_bytes())
    data[2_000:2_400] = b"\xff" * 400
    path.write_bytes(bytes(data))
    with pytest.raises(BadInput, match="damaged"):
        read(path)


def test_a_zip_without_a_table(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("photo.png", b"x")
    with pytest.raises(BadInput, match="no table of places"):
        read(path)


def test_a_line_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(place_tables, "_LONGEST_LINE", 1_000)
    with pytest.raises(Refused, match="more than 1,000 bytes"):
        of(tmp_path, "name,lat,lon\n" + "x" * 2_000)


def test_a_table_of_another_kind_is_told_from_a_dump_with_bad_rows(tmp_path: Path) -> None:
    good, bad = geonames(7, "Zorvel"), "7\tZorvel\n"
    found, left_out = of(tmp_path, good + bad * 3 + good, "SY.txt")
    assert len(found) == 2
    assert left_out == {"not 19 columns": 3}
    with pytest.raises(BadInput, match="no GeoNames dump"):
        of(tmp_path, good + bad * 1_200, "SY.txt")


def test_utf_16_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes("name,lat,lon\nZörvel,1,2\n".encode("utf-16"))
    assert only(read(tmp_path / "a.csv")[0]).name == "Zörvel"


def test_progress_is_told_in_bytes(tmp_path: Path) -> None:
    path = tmp_path / "SY.txt"
    path.write_text("".join(geonames(n, "Zorvel") for n in range(20_001)), encoding="utf-8")
    told: list[tuple[int, int]] = []
    assert sum(1 for _ in rows(path, Counter(), lambda done, total: told.append((done, total)))) == 20_001
    assert told[-1] == (path.stat().st_size, path.stat().st_size)
    assert all(done <= total for done, total in told)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    data=st.one_of(
        st.binary(max_size=200), st.text(alphabet='{}[]":,\t\n;0719.-namelatlonZ', max_size=120).map(str.encode)
    )
)
def test_no_bytes_bring_it_down(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "any"
    path.write_bytes(data)
    with suppress(BadInput):
        assert all(isinstance(row, OtherName) or (abs(row.lat) <= 90 and row.name) for row in read(path)[0])
