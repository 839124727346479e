"""Dates as exact as they are stated, in order; the picture of the years."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clipgraph.engines.rows import Value
from clipgraph.pages.reader import Reader
from clipgraph.pages.site import open_site
from clipgraph.pages.timelines import Entry, Moment, small_timeline
from clipgraph.pages.years import WIDTH, years_of

XSD = "http://www.w3.org/2001/XMLSchema#"
PROPOSED = "https://w3id.org/clipgraph/scheme/status/proposed"


def moment(text: str, datatype: str = "gYear") -> Moment:
    return Moment(Value("literal", text, "", XSD + datatype))


def entry(name: str, text: str, *, until: str = "", lasts: bool = False, status: str = "") -> Entry:
    return Entry(
        f"https://w3id.org/clipgraph/id/event/{name}",
        Value("literal", name),
        moment(text),
        moment(until) if until else None,
        lasts,
        "",
        status,
    )


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("2006", (2006, 0, 0)),
        ("2006-09", (2006, 9, 0)),
        ("2006-09-11", (2006, 9, 11)),
        ("2006-09-11Z", (2006, 9, 11)),
        ("2006-09-11T10:00:00+02:00", (2006, 9, 11)),
        ("-0044-03-15", (-44, 3, 15)),
        ("12006", (12006, 0, 0)),
        ("2006-13", None),
        ("2006-00-01", None),
        ("soon", None),
        ("", None),
        ("9" * 100_000, None),
        ("٢٠٠٦", None),
    ],
)
def test_a_date_is_as_exact_as_it_is_stated(text: str, parts: tuple[int, int, int] | None) -> None:
    assert moment(text).parts == parts


def test_a_year_stands_before_its_months_and_the_unreadable_last() -> None:
    texts = ["soon", "2006-09-11", "2006", "2006-09", "1949", "-0044"]

    assert sorted(texts, key=lambda text: moment(text).order) == [
        "-0044",
        "1949",
        "2006",
        "2006-09",
        "2006-09-11",
        "soon",
    ]


def test_one_date_makes_no_timeline() -> None:
    assert small_timeline([]) is None
    assert small_timeline([entry("a", "2006"), entry("a", "2006")]) is None


def test_a_small_timeline_is_in_order_and_bounded() -> None:
    found = small_timeline(entry(f"e{n}", str(3000 - n)) for n in range(1000))

    assert found is not None
    assert [each.when.value.text for each in found.entries[:2]] == ["2001", "2002"]
    assert len(found.entries) == 100
    assert found.more == 900


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("September 2006", "1999 to 2004", "not done yet", 'href="/en/doc/event/b"')),
        ("de", ("September 2006", "1999 bis 2004", "noch nicht geschehen", 'href="/de/doc/event/b"')),
        ("fr", ("septembre 2006", "1999 à 2004", "pas encore fait", 'href="/fr/doc/event/b"')),
    ],
)
def test_it_is_told_in_the_readers_language(language: str, words: tuple[str, ...]) -> None:
    source = '{% from "timelines.html" import small_timeline %}{{ small_timeline(it, here) }}'
    template = open_site([], []).environments[Reader(language, f"/{language}")].from_string(source)
    one = entry("a", "1999", until="2004", lasts=True)
    other = Entry(
        entry("b", "x").iri, Value("literal", "<b>"), moment("2006-09", "gYearMonth"), status=PROPOSED
    )
    page = template.render(it=small_timeline([other, one]), here=one.iri)
    text = (
        page.replace("</time>", "")
        .replace('<time datetime="1999">', "")
        .replace('<time datetime="2004">', "")
    )

    assert all(word in text for word in words)
    assert "&lt;b&gt;" in page
    assert "/doc/event/a" not in page


def test_long_stretches_without_anything_are_left_out_of_the_picture() -> None:
    picture = years_of([(1949, None, False, False), (1995, None, False, False), (1998, None, False, True)])

    assert picture is not None
    assert [column.first for column in picture.columns] == [1949, 1995, 1996, 1997, 1998]
    assert len(picture.gaps) == 1
    assert picture.columns[-1].proposed == 1
    assert picture.has_proposed


def test_bars_of_the_same_time_take_rows_of_their_own() -> None:
    spans = [(1999, 2004, True, False), (2006, 2010, True, False), (2000, None, True, False)]
    picture = years_of(spans)

    assert picture is not None
    assert [(bar.row, bar.is_open) for bar in picture.bars] == [(0, False), (1, True), (0, False)]


def test_many_years_far_apart_share_places() -> None:
    picture = years_of((n * 10**6, None, False, False) for n in range(-100, 100))

    assert picture is not None
    assert len(picture.columns) <= 60
    assert sum(column.real for column in picture.columns) == 200


@given(
    st.lists(
        st.tuples(
            st.integers(-(10**8), 10**8),
            st.none() | st.integers(-(10**8), 10**8),
            st.booleans(),
            st.booleans(),
        ),
        max_size=300,
    )
)
def test_the_picture_is_bounded_whatever_the_years_are(
    spans: list[tuple[int, int | None, bool, bool]],
) -> None:
    picture = years_of(spans)
    if picture is None:
        assert not spans
        return
    assert sum(column.real + column.proposed for column in picture.columns) == sum(
        not span[2] for span in spans
    )
    assert len(picture.columns) + len(picture.gaps) <= 61
    assert len(picture.bars) + picture.more_bars == sum(span[2] for span in spans)
    assert all(0 <= column.x <= WIDTH for column in picture.columns)
    assert all(0 <= bar.x <= WIDTH for bar in picture.bars)
