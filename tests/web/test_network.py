"""/network over HTTP: every actor and tie that the graph has, and the walk from one to the next."""

import re
from html import unescape

import httpx2

PREFIXES = """PREFIX adms: <http://www.w3.org/ns/adms#> PREFIX clip: <https://w3id.org/clipgraph/def/>
PREFIX org: <http://www.w3.org/ns/org#> PREFIX status: <https://w3id.org/clipgraph/scheme/status/> """
HTML = {"Accept": "text/html"}
CLIP = "https://w3id.org/clipgraph/id/network/clip"


def count(client: httpx2.Client, what: str, pattern: str) -> int:
    query = f"{PREFIXES} SELECT (COUNT(DISTINCT {what}) AS ?n) WHERE {{ {pattern} }}"
    answer = client.get("/sparql", params={"query": query, "format": "json"})
    return int(answer.json()["results"]["bindings"][0]["n"]["value"])


def test_nodes_and_links_are_those_of_the_graph(client: httpx2.Client) -> None:
    data = client.get("/network?format=json").json()
    organisations = {node["id"] for node in data["nodes"]}
    members = [link for link in data["links"] if link["target"] == CLIP and link["tie"] == "member"]
    part = [link for link in data["links"] if link["tie"] == "part"]

    assert count(client, "?x", "?x a org:Organization") == sum(
        1
        for node in data["nodes"]
        if node["kind"] not in ("group", "post") and "/id/person/" not in node["id"]
    )
    assert len(members) == count(client, "?x", f"?m org:organization <{CLIP}> ; org:member ?x") == 35
    assert len(part) == count(client, "?x", "?x org:subOrganizationOf ?y") > 0
    assert all(link["source"] in organisations and link["target"] in organisations for link in data["links"])


def test_the_proposed_is_told_from_the_real(client: httpx2.Client) -> None:
    data = client.get("/network?format=json").json()
    proposed = {node["id"] for node in data["nodes"] if node["proposed"]}
    groups = "?x a clip:WorkingGroup ; adms:status status:proposed"

    assert "https://w3id.org/clipgraph/id/network/european-pact" in proposed
    assert CLIP not in proposed
    assert sum("working-group" in iri for iri in proposed) == count(client, "?x", groups) == 12
    page = client.get("/network?actor=/id/network/european-pact", headers=HTML).text
    assert "box network proposed" in page
    assert re.search(r'<path class="tie \w+ proposed', page)


def test_large_groups_are_folded_and_open(client: httpx2.Client) -> None:
    folded = client.get("/network?actor=/id/network/clip", headers=HTML).text
    opening = re.search(r'class="box organisation folded" href="([^"]+)"', folded)
    assert opening is not None
    opened = client.get(unescape(opening[1]), headers=HTML).text

    assert "34 actors" in folded
    assert "34 actors" not in opened
    assert "actor=/id/authority/breda" not in folded
    assert "actor=/id/authority/breda" in opened


def test_one_walks_from_actor_to_actor(client: httpx2.Client) -> None:
    start = client.get("/de/network?actor=/id/network/clip-research-group", headers=HTML).text
    links = {unescape(link) for link in re.findall(r'href="(/de/network\?actor=[^"&]+)"', start)}

    assert "/de/network?actor=/id/organisation/efms" in links
    for link in sorted(links)[:3]:
        page = client.get(link, headers=HTML)
        assert page.status_code == 200
        assert "/de/network?actor=/id/network/clip-research-group" in page.text


def test_an_iri_names_an_actor_too_and_an_unknown_one_is_refused(client: httpx2.Client) -> None:
    assert client.get("/network", params={"actor": CLIP}, headers=HTML).status_code == 200
    for actor in ("/id/network/nowhere", '"><script>', "/id/city/stuttgart"):
        answer = client.get("/network", params={"actor": actor}, headers=HTML)
        assert answer.status_code == 404
        assert '"><script>' not in answer.text


def test_choices_leave_what_fits_with_the_bodies_it_belongs_to(client: httpx2.Client) -> None:
    level = "/scheme/governance-level/national"
    nodes = client.get("/network", params={"level": level, "format": "json"}).json()["nodes"]
    national = [node for node in nodes if node.get("level", "").endswith(level)]
    pattern = f"?x a org:Organization ; clip:governanceLevel <https://w3id.org/clipgraph{level}>"

    assert len(national) == count(client, "?x", pattern) > 40
    assert "https://w3id.org/clipgraph/id/organisation/council-of-europe" in {node["id"] for node in nodes}
    assert "No actor fits" in client.get("/network?sector=/scheme/sector/none", headers=HTML).text
