"""Who depends on whom: the network of commitments and what it makes fragile."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, islice
from math import sqrt
from typing import Any

from workshop.statistics.measure import Measure, Number, Reason, Undefined

MIN_RANKED = 4  # fewer organisations have no meaningful "most central"
MIN_CORE = 6
CLEAR_CORE = 0.5
ALARM_SHARE = 0.5
CYCLE_LENGTH = 4
MOST_CYCLES = 1000  # a dense network of 50 has millions; a report shows a handful


@dataclass(frozen=True, slots=True)
class Commitment:
    """A counted commitment: who gives it, whom it needs (undeclined), for which candidate."""

    organisation: str
    needs: tuple[str, ...]
    candidate: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """`giver` needs something from `needed`, in `weight` of its commitments."""

    giver: str
    needed: str
    weight: int = 1


@dataclass(frozen=True, slots=True)
class Network:
    """Measures of the directed network; those marked (u) of its undirected simple graph.

    Degrees count links; betweenness and closeness (u) are normalised 0 to 1. `cycles` have up to
    four members, each starting with its smallest id; `more_cycles` says that the list was cut.
    """

    organisations: tuple[str, ...]
    links: tuple[Link, ...]
    density: Number
    reciprocity: Number
    in_degree: Mapping[str, int]
    out_degree: Mapping[str, int]
    neighbours: Mapping[str, int]
    betweenness: Mapping[str, float]
    closeness: Mapping[str, float]
    articulation_points: tuple[str, ...]
    mutual: tuple[tuple[str, str], ...]
    cycles: tuple[tuple[str, ...], ...]
    more_cycles: bool
    components: int
    unlinked: tuple[str, ...]

    @property
    def rankable(self) -> bool:
        """Enough organisations to call one of them central."""
        return len(self.organisations) >= MIN_RANKED


@dataclass(frozen=True, slots=True)
class SoleSupplier:
    """All of a candidate's `commitments` need this one organisation."""

    candidate: str
    organisation: str
    commitments: int


@dataclass(frozen=True, slots=True)
class Dependencies:
    """How many of n commitments need each organisation; `shares` is empty for n = 0.

    `alarms` are needed by at least half; `isolates` have no commitment and nobody needs them.
    """

    needed_by: Mapping[str, int]
    shares: Mapping[str, float]
    alarms: tuple[str, ...]
    sole_suppliers: tuple[SoleSupplier, ...]
    isolates: tuple[str, ...]
    n: int


@dataclass(frozen=True, slots=True)
class Core:
    """The most connected core, and r of the adjacency with the ideal pattern."""

    members: tuple[str, ...]
    r: float
    n: int

    @property
    def clear(self) -> bool:
        """Whether to print it: at least 6 organisations and r of 0.5; else "no clear core"."""
        return self.n >= MIN_CORE and self.r >= CLEAR_CORE


def link(commitments: Iterable[Commitment]) -> tuple[Link, ...]:
    """Return one link per pair, weighted by its commitments; needing oneself is no link."""
    weights = Counter(
        (commitment.organisation, needed)
        for commitment in commitments
        for needed in set(commitment.needs)
        if needed != commitment.organisation
    )
    return tuple(Link(*pair, weights[pair]) for pair in sorted(weights))


def measure_network(links: Sequence[Link], organisations: Collection[str]) -> Network:
    """Return the measures of a network among all organisations present, linked or not.

    Density is E/(N(N-1)), undefined below two; reciprocity the share of returned links, undefined
    without links. Repeated links are added up, links to oneself dropped. Source: method 4.11.
    """
    import networkx as nx

    graph = _graph(links, organisations)
    simple = graph.to_undirected()
    count, edges = len(graph), graph.number_of_edges()
    returned = sum(graph.has_edge(b, a) for a, b in graph.edges)
    found = list(islice(nx.simple_cycles(graph, length_bound=CYCLE_LENGTH), MOST_CYCLES + 1))
    cycles = sorted((_turned(cycle) for cycle in found), key=lambda cycle: (len(cycle), cycle))
    few = Undefined(Reason.TOO_FEW_ORGANISATIONS, count)
    none = Undefined(Reason.NO_LINKS, count)
    return Network(
        organisations=tuple(graph),
        links=tuple(Link(a, b, graph[a][b]["weight"]) for a, b in sorted(graph.edges)),
        density=Measure(edges / (count * (count - 1)), count) if count > 1 else few,
        reciprocity=Measure(returned / edges, edges) if edges else none,
        in_degree=dict(graph.in_degree()),
        out_degree=dict(graph.out_degree()),
        neighbours=dict(simple.degree()),
        betweenness=nx.betweenness_centrality(simple),
        closeness=nx.closeness_centrality(simple),
        articulation_points=tuple(sorted(nx.articulation_points(simple))),
        mutual=tuple((a, b) for a, b in sorted(graph.edges) if a < b and graph.has_edge(b, a)),
        cycles=tuple(cycles[:MOST_CYCLES]),
        more_cycles=len(found) > MOST_CYCLES,
        components=nx.number_connected_components(simple),
        unlinked=tuple(sorted(nx.isolates(graph))),
    )


def dependencies(commitments: Sequence[Commitment], organisations: Collection[str]) -> Dependencies:
    """Return on whom the commitments depend: the single points of failure.

    Give the counted ones (method: proposed or later, not withdrawn or invalid). A candidate has
    a sole supplier if every commitment for it needs that organisation. Source: method 4.11.
    """
    needs = [set(one.needs) - {one.organisation} for one in commitments]
    involved = {one.organisation for one in commitments}.union(*needs)
    names = sorted(involved.union(organisations))
    needed_by = {name: sum(name in needed for needed in needs) for name in names}
    n = len(commitments)
    per_candidate: dict[str, list[set[str]]] = {}
    for one, needed in zip(commitments, needs, strict=True):
        if one.candidate is not None:
            per_candidate.setdefault(one.candidate, []).append(needed)
    suppliers = [
        SoleSupplier(candidate, name, len(each))
        for candidate, each in sorted(per_candidate.items())
        for name in sorted(set.intersection(*each))
    ]
    shares = {name: count / n for name, count in needed_by.items()} if n else {}
    return Dependencies(
        needed_by=needed_by,
        shares=shares,
        alarms=tuple(name for name, share in shares.items() if share >= ALARM_SHARE),
        sole_suppliers=tuple(suppliers),
        isolates=tuple(name for name in names if name not in involved),
        n=n,
    )


def core_periphery(links: Sequence[Link], organisations: Collection[str]) -> Core | Undefined:
    """Return the core whose ideal pattern fits the undirected network best.

    In the pattern core members are tied to everybody, the others to nobody but the core. Cores
    are tried by degree, never cutting between equal degrees; the first best r (Pearson over
    pairs) wins. Undefined when no such cut exists. Source: Borgatti & Everett 2000; method 4.11.
    """
    names = sorted({name for one in links for name in (one.giver, one.needed)}.union(organisations))
    ties = {frozenset((one.giver, one.needed)) for one in links if one.giver != one.needed}
    degree = Counter(name for tie in ties for name in tie)
    best: Core | None = None
    for limit in sorted({degree[name] for name in names}, reverse=True)[:-1]:
        core = tuple(name for name in names if degree[name] >= limit)
        r = _fit(names, ties, set(core))
        if r is not None and (best is None or r > best.r + 1e-12):
            best = Core(core, r, len(names))
    return best or Undefined(Reason.NO_VARIATION, len(names))


def _fit(names: Sequence[str], ties: Collection[frozenset[str]], core: set[str]) -> float | None:
    pairs = [(frozenset(pair), bool(core & set(pair))) for pair in combinations(names, 2)]
    total, tied = len(pairs), len(ties)
    ideal = sum(wanted for _, wanted in pairs)
    both = sum(wanted and pair in ties for pair, wanted in pairs)
    room = tied * (total - tied) * ideal * (total - ideal)
    return (total * both - tied * ideal) / sqrt(room) if room else None


def _graph(links: Sequence[Link], organisations: Collection[str]) -> Any:
    import networkx as nx

    weights: Counter[tuple[str, str]] = Counter()
    for one in links:
        weights[one.giver, one.needed] += one.weight
    graph = nx.DiGraph()
    graph.add_nodes_from(sorted({name for pair in weights for name in pair}.union(organisations)))
    graph.add_weighted_edges_from(
        (a, b, weight) for (a, b), weight in sorted(weights.items()) if a != b
    )
    return graph


def _turned(cycle: Sequence[str]) -> tuple[str, ...]:
    start = cycle.index(min(cycle))
    return (*cycle[start:], *cycle[:start])
