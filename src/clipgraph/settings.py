"""Every setting: from CLIPGRAPH_* variables, overridden by flags of the command line."""

import os
import re
from ipaddress import ip_network
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from clipgraph.errors import BadRequest
from clipgraph.remote.addresses import Address, Credentials, read_address
from clipgraph.sources.project import Project
from clipgraph.sparql.federation import Federation, read_federation

KIB, MIB = 2**10, 2**20


def _default_workers() -> int:
    return max(4, 2 * (os.cpu_count() or 1))


class Settings(BaseSettings):
    """The settings of a service; frozen once read."""

    model_config = SettingsConfigDict(env_prefix="CLIPGRAPH_", frozen=True)

    project: Path | None = Field(default=None, description="folder with ontology/, shapes/, data/, queries/")
    data: Path | None = Field(default=None, description="folder of releases, tokens and the audit log")
    sources: Path | None = Field(
        default=None,
        description="folder of the source texts, each known by its digest: pages then show the passages that "
        "support what they say; empty: pages tell where these stand",
    )
    host: str = Field(default="127.0.0.1", min_length=1, description="address to listen on")
    port: int = Field(default=8000, ge=0, le=65535, description="port to listen on; 0 takes a free one")
    log: Literal["text", "json", "off"] = Field(
        default="text", description="how each request is written to standard error; off keeps warnings"
    )
    public_url: str = Field(
        default="",
        pattern=r"^(https?://[^\s?#]+)?$",
        description="where the public reaches the service; empty: as each request says",
    )
    author: str = Field(
        default="",
        max_length=200,
        description="who stands in the history as author of what the command line publishes; empty: the name "
        "of the account, unknown where that is root's",
    )
    publisher: str = Field(
        default="",
        description="name of who runs the service, for the catalogue; empty: the publisher of the dataset",
    )
    publisher_iri: str = Field(
        default="", pattern=r"^(https?://[^\s<>]+)?$", description="IRI of who runs the service"
    )
    contact: str = Field(
        default="",
        pattern=r"^(mailto:[^\s@<>]+@[^\s@<>]+|https?://[^\s<>]+)?$",
        description="where who runs the service is reached, for the catalogue: mailto:… or the address of a "
        "page; empty: the catalogue names no contact",
    )
    security_contact: str = Field(
        default="",
        pattern=r"^((mailto:|tel:|https://)[^\s<>]+)?$",
        description="whom to tell of a hole in the security of the service, for /.well-known/security.txt: "
        "mailto:…, tel:… or https://…; empty: there is no such file",
    )
    trusted_proxies: str = Field(
        default="",
        description="addresses and networks of proxies, with commas between, whose X-Forwarded-For and "
        "X-Forwarded-Proto are believed; empty: nobody's",
    )
    rate: str = Field(
        default="6000/minute",
        pattern=r"^([1-9][0-9]{0,9}/(second|minute|hour|day))?$",
        description="most requests of one client, for example 10/second; empty: no limit",
    )
    private: bool = Field(default=False, description="reading needs a token of role reader or more")
    load: tuple[str, ...] = Field(
        default=(),
        description="JSON list of files of RDF whose graphs are asked beside ours and never become part of a "
        "release: FILE or IRI=FILE, where IRI names the graph",
    )
    federate: str = Field(
        default="",
        description="endpoints that SERVICE may ask, with commas between: exact IRIs, or eu for those of the "
        "Publications Office, data.europa.eu and Wikidata; empty: none",
    )
    service_aliases: dict[str, str] = Field(
        default={},
        description="JSON object: from the IRI of an endpoint in federate to the URL that is asked instead",
    )
    engine: str = Field(
        default="",
        description="URL of a SPARQL endpoint that is asked instead of releases of this machine, once "
        "publish --to has put one there; empty: none",
    )
    engine_update: str = Field(
        default="",
        description="URL where the engine takes updates, for publish --to; empty: the one for queries",
    )
    engine_graphs: str = Field(
        default="",
        description="URL of the engine's Graph Store, for publish --to; empty: graphs are sent as updates",
    )
    engine_merge: Literal["default", "named"] = Field(
        default="named",
        description="where publish --to keeps the merge: in a named graph, or in the engine's default graph, "
        "where that is a graph of its own and ours alone",
    )
    engine_user: str = Field(default="", description="user that the engine is asked as; empty: nobody")
    engine_password: SecretStr = Field(default=SecretStr(""), description="password of that user")
    engine_scheme: Literal["basic", "digest"] = Field(
        default="basic", description="how user and password are told"
    )
    engine_token: SecretStr = Field(
        default=SecretStr(""), description="token that the engine is asked with, in place of a user"
    )
    workers: int = Field(
        default_factory=_default_workers, ge=1, le=256, description="processes that evaluate queries"
    )
    page_workers: int = Field(
        default=2, ge=1, le=64, description="processes that ask for pages and documents, apart from queries"
    )
    cache: int = Field(
        default=64,
        ge=0,
        description="most MiB of answers kept to be given again, and as many of pages; 0: none",
    )
    timeout: float = Field(default=30.0, gt=0, le=86400, description="most seconds for one query")
    memory: int = Field(default=1024, ge=64, description="most MiB of memory for one query")
    waiting: int = Field(default=256, ge=1, description="most requests that wait for a worker")
    answer: int = Field(
        default=0, ge=0, description="most MiB of one answer, which fails where it has more; 0: no limit"
    )
    spool: int = Field(
        default=1024,
        ge=1,
        description="most MiB on disk, all together, of answers that slow clients have not read",
    )
    read_only: bool = Field(default=False, description="take no writes, whatever token comes with them")
    shapes: Literal["project", "none"] = Field(
        default="project", description="whether what is written has to keep to the shapes"
    )
    rules: Literal["project", "none"] = Field(
        default="project", description="whether the rules of queries/rules/ fill the inferences"
    )
    default_graph: Literal["merged", "own"] = Field(
        default="merged",
        description="whether the default graph is the merge of the published graphs, or one of its own",
    )
    update_timeout: float = Field(default=120.0, gt=0, le=86400, description="most seconds for one write")
    update_memory: int = Field(default=2048, ge=128, description="most MiB of memory for one write")
    upload: int = Field(default=64, ge=1, description="most MiB of a document put into the graph store")
    query: int = Field(default=512, ge=1, description="most KiB of a query's text")
    url: int = Field(default=64, ge=1, le=1024, description="most KiB of a request's URL")
    headers: int = Field(default=32, ge=1, le=1024, description="most KiB of a request's headers together")
    connections: int = Field(default=1000, ge=1, le=100_000, description="most connections in all")
    connections_per_client: int = Field(default=100, ge=1, description="most connections of one client")
    body: int = Field(default=4, ge=1, description="most MiB of a request's body")

    @field_validator("trusted_proxies")
    @classmethod
    def _networks(cls, value: str) -> str:
        for network in value.split(",") if value else ():
            ip_network(network.strip())
        return value

    @model_validator(mode="after")
    def _endpoints(self) -> Self:
        try:
            self.federation()
            if self.engine:
                self.engine_address()
        except BadRequest as error:
            raise ValueError(str(error)) from error
        return self

    def engine_address(self) -> Address:
        """Return where the engine is and how it is asked; raises BadRequest."""
        return read_address(
            self.engine,
            self.engine_update,
            self.engine_graphs,
            Credentials(
                self.engine_user,
                self.engine_password.get_secret_value(),
                self.engine_token.get_secret_value(),
                self.engine_scheme,
            ),
        )

    def federation(self) -> Federation:
        """Return the endpoints that queries may ask."""
        return read_federation(
            re.split(r"[\s,]+", self.federate.strip()) if self.federate.strip() else (), self.service_aliases
        )


def data_folder(settings: Settings, project: Project) -> Path:
    """Return the folder of releases: the setting; else var/ of a checkout; else the user's data folder."""
    if settings.data is not None:
        return settings.data
    if project.checkout:
        return project.root / "var"
    home = os.environ.get("XDG_DATA_HOME") or "~/.local/share"
    return Path(home).expanduser() / "clipgraph"
