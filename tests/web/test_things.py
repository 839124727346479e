"""Pages of documents, instruments, events, statements, disagreements and claims, from the real graph."""

import re
from html import unescape

import httpx2
import pytest

from testing_pages import read_page

PAGE = {"Accept": "text/html"}


def page(client: httpx2.Client, path: str) -> str:
    response = client.get(path, headers=PAGE)
    assert response.status_code == 200
    assert read_page(response.text).faults == []
    return response.text


def headings(text: str) -> list[str]:
    return [" ".join(each.text.split()) for each in read_page(text).headings if each.level == 2]


def test_the_pact_tells_its_structure(client: httpx2.Client) -> None:
    text = page(client, "/doc/instrument/european-pact")
    found = headings(text)

    for heading in ("Fields of action 12", "Bodies it provides for 14", "How it is to be carried out"):
        assert heading in found
    assert any(each.startswith("Partners by level") for each in found)
    for target in (
        "/doc/network/european-pact",
        "/doc/organisation/european-pact-steering-committee",
        "/doc/practice/european-pact-pilot-projects",
        "/doc/document/european-pact-first-monitoring-report",
        "/doc/instrument/european-pact/step/monitoring",
    ):
        assert f'href="{target}"' in text
    assert 'class="tag status-proposed"' in text


def test_documents_of_the_same_title_are_told_apart(client: httpx2.Client) -> None:
    text = page(client, "/de/doc/instrument/european-pact")
    cited = [each for each in text.split("<h3><cite>")[1:] if "European Pact for Integration" in each]

    assert ["Broschüre" in each.partition("</h3>")[0] for each in cited] == [True, False]
    assert "Oktober 2011" in cited[1].partition("</h3>")[0]


def test_a_recommendation_tells_what_it_calls_to_in_its_order(client: httpx2.Client) -> None:
    text = page(client, "/doc/instrument/recommendation-304")
    places = [
        text.index(f'<span class="locator">{name}</span>')
        for name in ("4.a", "4.b", "5.a", "5.b", "5.d", "5.e")
    ]

    assert places == sorted(places)
    assert "Asked to act" in text


def test_a_charter_tells_who_signed(client: httpx2.Client) -> None:
    assert "Who signed" in headings(page(client, "/doc/instrument/integrating-cities-charter"))


def test_a_document_tells_its_sections_pictures_and_references(client: httpx2.Client) -> None:
    text = page(client, "/doc/document/european-pact-brochure-2011")
    found = headings(text)

    for heading in ("Passages", "Pictures", "What it refers to"):
        assert any(each.startswith(heading) for each in found)
    sections = [each.target for each in read_page(text).links if each.target.startswith("/passages?of=")]
    assert len(sections) > 10
    assert page(client, sections[-1]).count("<li>") > 0


def test_the_passages_of_a_document_can_be_read_through(client: httpx2.Client) -> None:
    of = "https://w3id.org/clipgraph/id/document/european-pact-brochure-2011"
    start, places, pages = 0, [], 0
    while start is not None and pages < 30:
        found = (
            client.get("/passages", params={"of": of, "at": start, "format": "json"})
            .raise_for_status()
            .json()
        )
        places += [(each["start"], each["end"]) for each in found["passages"]]
        start, pages = found["next"], pages + 1

    assert places == sorted(set(places))
    passages = "?p a <https://w3id.org/clipgraph/def/SourcePassage> ; <http://purl.org/dc/terms/isPartOf>"
    query = f"SELECT (COUNT(DISTINCT ?p) AS ?n) {{ GRAPH ?g {{ {passages} <{of}> }} }}"
    answer = client.get("/sparql", params={"query": query, "format": "json"}).json()
    counted = answer["results"]["bindings"][0]["n"]["value"]
    assert len(places) == int(counted)


@pytest.mark.parametrize(
    ("parameters", "status"),
    [
        ("", 400),
        ("of=x", 400),
        ("of=https://w3id.org/clipgraph/id/document/none", 404),
        ("of=https://w3id.org/clipgraph/id/document/european-pact-brochure-2011&at=-1", 400),
        ("of=https://w3id.org/clipgraph/id/document/european-pact-brochure-2011&at=999999999", 404),
        ("of=https://w3id.org/clipgraph/id/document/european-pact-brochure-2011&at=" + "9" * 50, 400),
    ],
)
def test_what_has_no_passages_is_said(client: httpx2.Client, parameters: str, status: int) -> None:
    for accept in ("text/html", "application/json"):
        assert client.get(f"/passages?{parameters}", headers={"Accept": accept}).status_code == status


def test_a_passage_tells_what_it_supports_and_leads_on(client: httpx2.Client) -> None:
    text = page(client, "/doc/document/european-pact-brochure-2011/passage/33364-33423")

    assert any(each.startswith("What it supports") for each in headings(text))
    assert "/doc/practice/bokaler" in text
    assert 'rel="prev"' in text
    assert 'rel="next" href="/doc/document/european-pact-brochure-2011/passage/33425-33690"' in text


def test_a_statement_tells_who_says_it_and_where(client: httpx2.Client) -> None:
    text = page(client, "/doc/statement/why-cities-matter-for-integration")
    figure = text.partition('<figure class="statement">')[2].partition("</figure>")[0]

    assert "/doc/organisation/eurocities" in figure
    assert "/doc/document/eurocities-press-release-2013" in figure
    assert "/scheme/statement-type/reason" in figure


def test_a_disagreement_sets_its_sides_side_by_side_with_their_sources(client: httpx2.Client) -> None:
    text = page(client, "/doc/disagreement/number-of-clip-countries")
    sides = text.partition('<ul class="sides">')[2].partition("</ul>")[0]

    assert '<span class="value">22</span>' in sides
    assert "/doc/document/european-pact-brochure-2011" in sides


@pytest.mark.parametrize(
    ("path", "owner", "says"),
    [
        ("/doc/network/clip/membership/stuttgart", "/doc/network/clip", "/doc/authority/stuttgart"),
        (
            "/doc/instrument/integrating-cities-charter/signature/paris",
            "/doc/instrument/integrating-cities-charter",
            "/doc/authority/paris",
        ),
        (
            "/doc/practice/athens-international-radio/figure/planned-duration",
            "/doc/practice/athens-international-radio",
            "3 months",
        ),
    ],
)
def test_a_claim_leads_back_to_what_it_is_part_of(
    client: httpx2.Client, path: str, owner: str, says: str
) -> None:
    text = page(client, path)
    trail = text.partition('<nav class="trail"')[2].partition("</nav>")[0]

    assert f'href="{owner}"' in trail
    assert says in text


def test_an_event_tells_who_took_part_and_what_was_decided(client: httpx2.Client) -> None:
    assert any(
        each.startswith("What was decided")
        for each in headings(page(client, "/doc/event/congress-third-sitting-2011"))
    )
    assert any(
        each.startswith("Who took part")
        for each in headings(page(client, "/doc/event/german-islam-conference"))
    )


@pytest.mark.parametrize("language", ["de", "fr"])
@pytest.mark.parametrize(
    "path", ["/doc/instrument/european-pact", "/doc/document/european-pact-brochure-2011"]
)
def test_headings_are_in_the_readers_language(client: httpx2.Client, path: str, language: str) -> None:
    # One word of English that is one of French, too.
    english = {each for each in headings(page(client, path)) if not each.startswith("Passages")}

    assert not english & set(headings(page(client, f"/{language}{path}")))


def lines(text: str) -> list[str]:
    """Return what a page says, without marks, an item of a list or table as a line."""
    told = re.sub(r"</(li|dd|dt|h[1-6]|p|td|th)>", "\x00", text)
    return [" ".join(unescape(re.sub("<[^>]+>", "", each)).split()) for each in told.split("\x00")]


@pytest.mark.parametrize(
    ("path", "others"),
    [
        ("/doc/organisation/eurofound", "City of Stuttgart, Congress of Local and Regional Authorities"),
        ("/doc/authority/stuttgart", "Congress of Local and Regional Authorities"),
    ],
)
def test_a_founder_founded_the_network_and_not_the_other_founders(
    client: httpx2.Client, path: str, others: str
) -> None:
    found = [each for each in lines(page(client, path)) if "together with" in each]

    assert len(found) == 3  # the brochure, the press release, the recommendation
    assert all(each.startswith("European Network of Cities for Local Integration") for each in found)
    assert all(f"together with {others}" in each for each in found)
    assert any("(September 2006)" in each for each in found)
    assert any("Recommendation 304" in each for each in found)


def test_the_network_was_founded_by_its_founders(client: httpx2.Client) -> None:
    found = lines(page(client, "/doc/network/clip"))

    assert "Founded by" in found
    assert found[found.index("Founded by") + 1].startswith("City of Stuttgart, Congress")


def test_what_is_proposed_says_so_wherever_it_stands(client: httpx2.Client) -> None:
    told = lines(page(client, "/doc/instrument/european-pact"))
    groups = [each for each in told if each.startswith("Working group of the European Pact")]
    assert len(groups) == 12
    assert all(each.endswith("proposed") for each in groups)
    assert "European Commission member · proposed" in told
    assert "The European Pact for Integration proposed" in lines(page(client, "/fields"))
    field = lines(page(client, "/scheme/european-pact-field/labour-market"))
    assert "Field of action of: The European Pact for Integration proposed" in field
    assert "Working group of the European Pact: labour market proposed" in field


def test_a_place_in_an_equal_area_is_told_once(client: httpx2.Client) -> None:
    told = lines(page(client, "/doc/city/stuttgart"))

    assert [each.startswith("NUTS 2024: DE111") for each in told].count(True) == 1
    assert "Lies in" not in told


def test_both_sides_of_a_disagreement_are_told_on_its_page_and_on_that_of_a_side(
    client: httpx2.Client,
) -> None:
    told = lines(page(client, "/doc/disagreement/number-of-clip-countries"))
    assert any(each.startswith("Countries in the CLIP network 22") for each in told)
    assert any(each.startswith("Countries in the list of members of CLIP 23 counted") for each in told)
    told = lines(page(client, "/doc/network/clip/founding"))
    sides = [each for each in told if each.startswith("Founding of the CLIP network")]
    assert any("(brochure)" in each for each in sides)


def test_the_brochure_and_the_factsheet_are_told_apart_in_lists(client: httpx2.Client) -> None:
    for path in ("/timeline?kind=document", "/doc/person/wolfgang-schuster"):
        told = " ".join(lines(page(client, path)))
        assert "The European Pact for Integration (brochure)" in told
        assert "The European Pact for Integration (factsheet)" in told
    chips = re.search(
        r'<p class="types">.*?</p>', page(client, "/doc/document/european-pact-factsheet-2011"), re.DOTALL
    )
    assert chips is not None
    assert "factsheet" in chips[0]


def test_only_what_has_dates_leads_to_them(client: httpx2.Client) -> None:
    assert "/timeline?about" in page(client, "/doc/organisation/eurofound")
    assert "/timeline?about" not in page(client, "/doc/organisation/efms")


def test_a_fact_of_a_web_page_has_no_empty_quotation(client: httpx2.Client) -> None:
    assert "<figure" not in page(client, "/doc/further-fact/research-group/partner-efms")


def test_the_statements_of_a_person_go_on_in_one_place(client: httpx2.Client) -> None:
    text = page(client, "/doc/person/wolfgang-schuster")

    assert "Said by Wolfgang Schuster" in headings(text)
    assert [each.text for each in read_page(text).links].count("More") == 1
