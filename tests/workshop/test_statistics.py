"""The statistics: published values, the results of the sample workshop, and laws they obey."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from workshop import statistics as stats
from workshop.statistics import Reason, Record, Undefined, Weighting

FOLDER = Path(__file__).parents[1] / "vectors"
VECTORS = json.loads((FOLDER / "statistics_vectors.json").read_text(encoding="utf-8"))["vectors"]
SAMPLE = json.loads((FOLDER / "statistics_sample.json").read_text(encoding="utf-8"))
EXPECTED = SAMPLE["expected"]
T = TypeVar("T")

# --- Published and computed vectors -------------------------------------------------------------


def there(found: T | Undefined) -> T:
    """Return what exists; a test that meets an undefined number fails with its reason."""
    assert not isinstance(found, Undefined), found.reason
    return found


def ballots_of(inputs: Mapping[str, int]) -> list[str]:
    return [order for order, times in inputs.items() for _ in range(times)]


def w_of(inputs: Any) -> dict[str, Any]:
    found = stats.kendall_w(inputs["ratings_raters_x_items"])
    if isinstance(found, Undefined):
        return {"W": found.value}
    return {
        "W": found.w,
        "W_uncorrected": found.uncorrected,
        "S": found.rank_sum_squares,
        "T": found.ties,
        "chi2": found.chi2,
        "df": found.df,
        "p": found.p,
    }


def votes_of(inputs: Any) -> dict[str, Any]:
    orders = ballots_of(inputs["ballots"])
    names = sorted(orders[0])
    counts = stats.preferences(orders, names)
    borda, plurality = there(stats.borda(orders, names)), there(stats.plurality(orders, names))
    duel, path = there(stats.condorcet(counts)), there(stats.schulze(counts))
    best = [place.candidate for place in stats.rank_candidates(borda.points)]
    found = {
        "pairwise": counts,
        "strongest_paths": path.strengths,
        "ranking": [place.candidate for place in path.places],
        "schulze_tied_winners": list(path.winners),
        "condorcet_winner": duel.winner,
        "smith_set": list(duel.smith),
        "scores": borda.points,
        "borda": borda.points,
        "borda_winner": best[0],
        "plurality": plurality.points,
        "plurality_winner": stats.rank_candidates(plurality.points)[0].candidate,
    }
    schulze_asked = "strongest_paths" in inputs["asked"]
    return found | {"winner": path.winners[0] if schulze_asked else best[0]}


def delphi_of(inputs: Any) -> dict[str, Any]:
    spread = there(stats.quartiles(inputs["ratings"]))
    outcome = there(stats.delphi_round(inputs["ratings"], tuple(inputs["scale"])))
    assert (outcome.median, outcome.iqr) == (spread.median, spread.iqr)
    return {
        "q1": spread.q1,
        "median": spread.median,
        "q3": spread.q3,
        "iqr": spread.iqr,
        "pct_agree_ge4": outcome.agree,
    }


def ipras_of(inputs: Any) -> dict[str, Any]:
    found = there(stats.ipras(inputs["ratings"]))
    return {
        "median": found.median,
        "p30": found.p30,
        "p70": found.p70,
        "ipr": found.ipr,
        "iprcp": (found.p30 + found.p70) / 2,
        "ai": found.asymmetry,
        "ipras": found.ipras,
        "disagreement": found.disagreement,
    }


def rwg_of(inputs: Any) -> dict[str, Any]:
    found = there(stats.rwg(inputs["ratings"], inputs["options"]))
    return {
        "s2": found.variance,
        "sigma2_uniform": (inputs["options"] ** 2 - 1) / 12,
        "rwg_raw": found.raw,
        "rwg_truncated": found.truncated,
        "rwg_star_maxdissensus": found.star,
    }


def cronbach_of(inputs: Any) -> dict[str, Any]:
    found = there(stats.cronbach_alpha(list(zip(*inputs["items_columns"].values(), strict=True))))
    assert (found.n, found.left_out) == (9, 3)
    return {"alpha": found.alpha}


def krippendorff_of(inputs: Any) -> dict[str, Any]:
    coders = inputs["coders_x_units"]
    return {metric: stats.krippendorff_alpha(coders, metric).value for metric in stats.Metric}


def wilson_of(inputs: Any) -> dict[str, Any]:
    found = there(stats.wilson(inputs["k"], inputs["n"], level=inputs["level"]))
    return {"ci": [found.low, found.high]}


def gini_of(inputs: Any) -> dict[str, Any]:
    found = stats.gini(inputs["x"])
    if isinstance(found, Undefined):
        return {"gini": found.value}
    return {"gini": found.gini, "gini_bias_corrected": found.corrected}


def network_of(inputs: Any) -> dict[str, Any]:
    links = [stats.Link(a, b) for a, b in inputs["edges"]]
    if not inputs["directed"]:
        links += [stats.Link(one.needed, one.giver) for one in links]
    found = stats.measure_network(links, inputs.get("nodes", ()))
    if not links:
        return {"density": found.density.value, "reciprocity": found.reciprocity.value}

    def most(scores: Mapping[str, float]) -> list[object]:
        first = stats.rank_candidates(scores)[0]
        return [first.candidate, round(first.score, 3)]

    others = len(found.organisations) - 1
    return {
        "density": found.density.value,
        "max_degree": most({name: n / others for name, n in found.neighbours.items()}),
        "max_betweenness": most(found.betweenness),
        "max_closeness": most(found.closeness),
        "articulation_points": list(found.articulation_points),
    }


def core_of(inputs: Any) -> dict[str, Any]:
    assert inputs["graph"] == "star with hub 0 and 6 leaves"
    found = there(stats.core_periphery([stats.Link("0", str(leaf)) for leaf in range(1, 7)], ()))
    assert found.clear
    return {"r": found.r, "core": [int(member) for member in found.members]}


def ahp_of(inputs: Any) -> dict[str, Any]:
    found = there(stats.ahp_weights(inputs["matrix"]))
    assert found.acceptable
    return {
        "weights": list(found.weights),
        "lambda_max": found.lambda_max,
        "CI": found.index,
        "CR": found.ratio.value,
    }


def bradley_terry_of(inputs: Any) -> dict[str, Any]:
    names = inputs["names"]
    rows = dict(zip(names, inputs["wins_row_over_col"], strict=True))
    wins = {
        a: {b: won for b, won in zip(names, row, strict=True) if a != b} for a, row in rows.items()
    }
    found = there(stats.bradley_terry(wins))
    reference = inputs["reference"].removesuffix("=0")
    return {"log_strength": [found.log_strength(n, reference) for n in names if n != reference]}


def group_equal_of(inputs: Any) -> dict[str, Any]:
    groups = inputs["ratings_by_group"]
    ratings = [Record(x, group=group) for group, values in groups.items() for x in values]
    found = stats.weighted_mean(ratings, min_group_n=inputs["min_group_n"])
    return {
        "participant_mean": found.participant.value,
        "group_equal_mean": found.group.value,
        "excluded_groups": list(found.excluded_groups),
    }


def points_of(inputs: Any) -> dict[str, Any]:
    found = stats.weighted_shares([Record(a) for a in inputs["alloc"].values()], ("a", "b", "c"))
    each = {name: stats.concentration(a.values()).value for name, a in inputs["alloc"].items()}
    return {
        "total": found.totals,
        "share": found.shares[Weighting.PARTICIPANT],
        "concentration_hhi_by_participant": each,
    }


def quadrants_of(inputs: Any) -> dict[str, Any]:
    cut = inputs["cut"]
    found = {key: stats.impact_effort(x, y, cut) for key, (x, y) in inputs["items"].items()}
    return {"quadrant": found}


def dimension_of(inputs: Any) -> dict[str, Any]:
    found = stats.dimension_level(
        inputs["perceived_group_equal_mean"], inputs["evidence_level"], inputs["target"]
    )
    return {
        "perceived_level": found.perceived_level,
        "confirmed_level": found.confirmed_level,
        "perception_gap": found.perception_gap,
        "ambition_gap": found.ambition_gap,
        "index_0_100": found.index,
    }


def bootstrap_of(inputs: Any) -> dict[str, Any]:
    records = [Record(float(x), f"ORG{place}") for place, x in enumerate(inputs["x"])]
    settled = {"level": inputs["level"], "resamples": inputs["n_resamples"]}
    slow = there(
        stats.bootstrap(records, lambda some: sum(r.value for r in some) / len(some), **settled)
    )
    fast = there(stats.mean_interval(records, **settled))
    assert (slow.low, slow.high) == pytest.approx((fast.low, fast.high))
    return {"low": fast.low, "high": fast.high}


def polis_of(inputs: Any) -> dict[str, Any]:
    votes = {str(i): stats.Votes(**group) for i, group in enumerate(inputs["groups"])}
    found = there(stats.informed_consensus(votes))
    return {
        "p": list(found.estimates.values()),
        "consensus": found.product,
        "geometric_mean": found.geometric,
    }


ANSWERS: dict[str, Callable[[Any], dict[str, Any]]] = {
    "kendall_w": w_of,
    "schulze": votes_of,
    "borda": votes_of,
    "condorcet": votes_of,
    "delphi_consensus": delphi_of,
    "rand_ipras": ipras_of,
    "rwg": rwg_of,
    "cronbach_alpha": cronbach_of,
    "eijk_agreement": lambda inputs: {"A": stats.eijk_agreement(inputs["freq"]).value},
    "tastle_wierman": lambda inputs: {"Cns": stats.tastle_wierman(inputs["freq"]).value},
    "krippendorff_alpha": krippendorff_of,
    "wilson_ci": wilson_of,
    "gini": gini_of,
    "network": network_of,
    "core_periphery": core_of,
    "ahp": ahp_of,
    "bradley_terry": bradley_terry_of,
    "group_equal_mean": group_equal_of,
    "points_allocation": points_of,
    "impact_effort": quadrants_of,
    "maturity_overall_level": lambda inputs: {
        "level": stats.overall_level(inputs["confirmed_dimension_levels"]).value
    },
    "maturity_dimension": dimension_of,
    "bootstrap_ci": bootstrap_of,
    "fisher_exact": lambda inputs: {"p_two_sided": stats.fisher_exact(inputs["table"]).value},
    "group_informed_consensus": polis_of,
}


def assert_close(found: object, wanted: object, tolerance: float, where: str = "") -> None:
    """Compare nested answers: numbers within the tolerance, everything else exactly."""
    if isinstance(wanted, dict):
        assert isinstance(found, Mapping), where
        assert set(found) == set(wanted), where
        for key, value in wanted.items():
            assert_close(found[key], value, tolerance, f"{where}.{key}")
    elif isinstance(wanted, list):
        assert isinstance(found, Sequence), where
        assert len(found) == len(wanted), where
        for place, (a, b) in enumerate(zip(found, wanted, strict=True)):
            assert_close(a, b, tolerance, f"{where}[{place}]")
    elif isinstance(wanted, (int, float)) and not isinstance(wanted, bool):
        assert found == pytest.approx(wanted, abs=max(tolerance, 1e-12), rel=0), where
    else:
        assert found == wanted, where


@pytest.mark.parametrize("vector", VECTORS, ids=[vector["id"] for vector in VECTORS])
def test_a_statistic_gives_the_value_of_its_source(vector: dict[str, Any]) -> None:
    found = ANSWERS[vector["stat"]]({**vector["input"], "asked": vector["expected"]})
    asked = {key: found[key] for key in vector["expected"]}
    assert_close(asked, vector["expected"], vector["tol"], vector["id"])


def test_no_vector_and_no_answer_is_unused() -> None:
    assert {vector["stat"] for vector in VECTORS} == set(ANSWERS)
    assert len({vector["id"] for vector in VECTORS}) == len(VECTORS) == 48


# --- The sample workshop ------------------------------------------------------------------------

PEOPLE: dict[str, list[str]] = SAMPLE["participants"]
CANDIDATES: list[str] = SAMPLE["candidates"]


def said(answers: Mapping[str, Any]) -> list[Record[Any]]:
    return [Record(answer, *PEOPLE[person]) for person, answer in answers.items()]


def order_of(places: Sequence[stats.Place]) -> list[str]:
    return [place.candidate for place in places]


def dots() -> stats.WeightedShares:
    return stats.weighted_shares(said(SAMPLE["dots"]), CANDIDATES)


def ranked() -> list[list[str]]:
    return list(SAMPLE["rankings"].values())


def schulze_of_sample() -> stats.Schulze:
    found = there(stats.schulze(stats.preferences(ranked(), CANDIDATES)))
    return found


def borda_of_sample() -> stats.Scores:
    found = there(stats.borda(ranked(), CANDIDATES))
    return found


def test_dots_of_the_sample_under_three_weightings() -> None:
    found = dots()
    assert found.totals == EXPECTED["dot_totals"]
    names = {"participant": "participant", "org": "organisation", "group": "group"}
    for key, weighting in names.items():
        shares = found.shares[Weighting(weighting)]
        assert_close(shares, EXPECTED["dot_share"][key], 1e-9, key)
        assert order_of(stats.rank_candidates(shares)) == EXPECTED["dot_order"][key]
    assert_close(found.group_totals, EXPECTED["dot_by_group"], 0)
    assert (found.n, found.organisations, found.blank, found.excluded_groups) == (24, 16, 0, ())
    places = stats.rank_candidates(found.totals)
    assert list(stats.top(places, 5, above=0).candidates) == [*EXPECTED["top5"], "C05"]
    assert stats.top(places, 5, above=0).cut == ("C02", "C05")  # the sample's top5 cuts this tie


def test_rankings_of_the_sample() -> None:
    wanted = EXPECTED["ranking"]
    duel = there(stats.condorcet(stats.preferences(ranked(), CANDIDATES)))
    assert borda_of_sample().n == wanted["n_ballots"]
    assert borda_of_sample().points == wanted["borda_avg"]
    assert duel.winner == wanted["condorcet_winner"]
    assert schulze_of_sample().beaten == wanted["schulze_wins"]
    assert order_of(schulze_of_sample().places) == wanted["schulze_order"]
    w = there(stats.kendall_w([stats.mid_ranks(ballot, CANDIDATES) for ballot in ranked()]))
    found = {"W": w.w, "chi2": w.chi2, "df": w.df, "p": w.p, "m": w.raters, "n": w.candidates}
    assert_close(found, wanted["kendall_w"], 1e-9)
    assert w.strength is stats.Strength.WEAK


def test_the_top_three_of_the_sample_over_six_methods() -> None:
    points = stats.weighted_shares(said(SAMPLE["points100"]), CANDIDATES)
    assert points.totals == EXPECTED["points100"]["total"]
    assert points.n == EXPECTED["points100"]["valid_ballots"]
    orders = {
        "dots_participant": stats.rank_candidates(dots().shares[Weighting.PARTICIPANT]),
        "dots_org": stats.rank_candidates(dots().shares[Weighting.ORGANISATION]),
        "dots_group": stats.rank_candidates(dots().shares[Weighting.GROUP]),
        "points100": stats.rank_candidates(points.totals),
        "borda": stats.rank_candidates(borda_of_sample().points),
        "schulze": schulze_of_sample().places,
    }
    wanted = EXPECTED["robust_top3"]
    assert {key: order_of(places) for key, places in orders.items()} == wanted["orders"]
    found = stats.robust_top(orders, 3)
    assert found.times == wanted["times_in_top3"]
    assert found.labels == wanted["labels"]


def test_impact_and_effort_of_the_sample() -> None:
    for candidate, wanted in EXPECTED["impact_effort"].items():
        pairs = SAMPLE["impact_effort"][candidate]
        impact, effort = (
            there(stats.weighted_mean([Record(x) for x in axis]).participant)
            for axis in zip(*pairs, strict=True)
        )
        found = {"impact": impact.value, "effort": effort.value, "n": impact.n}
        quadrant = stats.impact_effort(impact.value, effort.value)
        assert_close({**found, "quadrant": quadrant}, wanted, 1e-9, candidate)


def test_duels_of_the_sample() -> None:
    duels = [stats.Duel(a, b, winner) for a, b, winner in SAMPLE["duels"]["votes"]]
    wins = stats.win_matrix(duels, SAMPLE["duels"]["candidates"])
    strengths = there(stats.bradley_terry(wins))
    wanted = EXPECTED["pairwise"]
    assert_close(wins, wanted["wins"], 0)
    assert stats.copeland(wins) == wanted["copeland"]
    assert_close(strengths.strengths, wanted["bradley_terry_share"], 1e-9)
    assert strengths.n == len(duels)


def test_statements_of_the_sample() -> None:
    for key, wanted in EXPECTED["statements"].items():
        cast = SAMPLE["statements"][key]
        votes = {}
        for group in wanted["group"]:
            own = [vote for person, vote in cast.items() if PEOPLE[person][1] == group]
            votes[group] = stats.Votes(own.count("agree"), len(own))
        found = there(stats.informed_consensus(votes))
        result = {
            "agree": sum(group.agree for group in votes.values()),
            "seen": found.n,
            "group": {group: [one.agree, one.seen] for group, one in votes.items()},
            "polis_product": found.product,
            "gic_geometric": found.geometric,
            "range_between_groups": found.range,
        }
        assert_close(result, wanted, 1e-9, key)
        assert (stats.ground(votes) is stats.Ground.DIVIDES) == (found.range >= 0.5)


def test_delphi_of_the_sample() -> None:
    for key, wanted in EXPECTED["delphi"].items():
        pairs = SAMPLE["delphi"][key]
        first, second = (there(stats.delphi_round(ratings)) for ratings in zip(*pairs, strict=True))
        moved = there(stats.settled(pairs))
        within = there(stats.rwg([later for _, later in pairs], 5))
        found = {
            "n1": first.n,
            "n2": second.n,
            "median1": first.median,
            "median2": second.median,
            "iqr2": second.iqr,
            "agree_share2": second.agree,
            "disagree_share2": second.disagree,
            "changed": moved.changed_share,
            "A2": second.agreement.value,
            "rwg2": within.truncated,
            "label": second.label,
        }
        assert_close(found, wanted, 1e-9, key)


def test_maturity_of_the_sample() -> None:
    headline: dict[str, float] = {}
    for key, wanted in EXPECTED["maturity"]["dimensions"].items():
        answers = SAMPLE["maturity"][key]
        now = stats.weighted_mean(said({person: pair[0] for person, pair in answers.items()}))
        then = stats.weighted_mean(said({person: pair[1] for person, pair in answers.items()}))
        spread = there(stats.distribution([pair[0] for pair in answers.values()]))
        level = stats.dimension_level(
            there(now.group).value, wanted["evidence_level"], then.group.value
        )
        headline[key] = level.perceived
        found = {
            "n": spread.n,
            "n_na": now.missing,
            "perceived_group_equal": now.group.value,
            "participant_mean": now.participant.value,
            "by_group": {group: one.value for group, one in now.by_group.items()},
            "target": then.group.value,
            "evidence_level": level.evidence_level,
            "perceived_level": level.perceived_level,
            "confirmed_level": level.confirmed_level,
            "perception_gap": level.perception_gap,
            "ambition_gap": level.ambition_gap,
            "A": spread.agreement.value,
            "rwg": spread.rwg.value,
        }
        assert_close(found, wanted, 1e-9, key)
        assert (spread.view is stats.View.CONTESTED) == (key == "P1")
    overall = EXPECTED["maturity"]["overall"]
    confirmed = [one["confirmed_level"] for one in EXPECTED["maturity"]["dimensions"].values()]
    assert stats.overall_level(confirmed).value == overall["confirmed_overall_level"]
    index = stats.maturity_index(list(headline.values()))
    assert index.value == pytest.approx(overall["index_0_100"], abs=1e-9)
    assert min(headline, key=lambda key: headline[key]) == overall["weakest_dimension"]


def test_the_commitment_network_of_the_sample() -> None:
    commitments = [
        stats.Commitment(one["organisation"], tuple(one["needs"]), one["candidate"])
        for one in SAMPLE["commitments"]
    ]
    present = SAMPLE["organisations"]
    found = stats.measure_network(stats.link(commitments), present)
    needed = stats.dependencies(commitments, present)
    most = stats.rank_candidates(needed.shares)[0]
    wanted = EXPECTED["commitment_network"]
    cycles = {tuple(sorted(cycle)) for cycle in wanted["cycles"]}
    result = {
        "nodes": len(found.organisations),
        "edges": len(found.links),
        "density": found.density.value,
        "reciprocity": found.reciprocity.value,
        "in_degree": found.in_degree,
        "out_degree": found.out_degree,
        "betweenness_undirected": found.betweenness,
        "articulation_points": list(found.articulation_points),
        "commitments_depending_on": needed.needed_by,
        "dependency_share_top": [most.candidate, most.score],
        "isolates": list(needed.isolates),
        "components": found.components,
    }
    skipped = {"convention", "cycles"}
    assert_close(result, {k: v for k, v in wanted.items() if k not in skipped}, 1e-9)
    assert set(found.mutual) == cycles  # the sample lists the mutual ones only
    assert cycles | {("ORG01", "ORG14", "ORG02")} < set(found.cycles)
    assert needed.alarms == ("ORG02",)
    assert found.rankable
    assert not found.more_cycles


def test_the_readiness_survey_of_the_sample() -> None:
    answers, questions = SAMPLE["readiness"]["answers"], SAMPLE["readiness"]["questions"]
    turned = {questions.index(key) for key in SAMPLE["readiness"]["reversed"]}
    recoded = [
        [6 - x if x is not None and place in turned else x for place, x in enumerate(row)]
        for row in answers
    ]
    alpha = there(stats.cronbach_alpha(recoded))
    ends = [alpha.low, alpha.high]
    found = {"alpha": alpha.alpha, "ci": ends, "n": alpha.n, "k": alpha.questions}
    assert_close(found, EXPECTED["readiness"]["cronbach_listwise"], 1e-9)
    for place, key in enumerate(questions):
        spread = there(stats.distribution([row[place] for row in answers]))
        agree = sum(spread.counts[3:])
        share = there(stats.wilson(agree, spread.n))
        shown = {
            "n": spread.n,
            "top2": agree,
            "share_top2_ci": [share.low, share.high],
            "median": spread.quartiles.median,
        }
        assert_close(shown, EXPECTED["readiness"]["items"][key], 1e-9, key)


def test_participation_and_influence_of_the_sample() -> None:
    wanted, spoke = EXPECTED["participation"], SAMPLE["speaking"]
    seconds = there(stats.gini([pair[0] for pair in spoke.values()]))
    cards = there(stats.gini([pair[1] for pair in spoke.values()]))
    assert seconds.gini == pytest.approx(wanted["gini_speaking"], abs=1e-9)
    assert cards.gini == pytest.approx(wanted["gini_contributions"], abs=1e-9)
    voice: dict[str, float] = {}
    for person, (time, _) in spoke.items():
        voice[PEOPLE[person][1]] = voice.get(PEOPLE[person][1], 0) + time
    people = {group: one["eligible"] for group, one in wanted["by_group"].items()}
    for group, one in stats.representation(voice, people).items():
        share = wanted["by_group"][group]["speaking_share"]
        assert one.share_of_voice == pytest.approx(share, abs=1e-9)
        assert (one.balance is stats.Balance.UNDER) == (group == "knowledge")
    for organisation, expected in EXPECTED["power_interest"].items():
        pairs = SAMPLE["power_interest"][organisation]
        power, interest = (there(stats.quartiles(axis)) for axis in zip(*pairs, strict=True))
        result = {"power": power.median, "interest": interest.median, "n": power.n}
        quadrant = stats.power_interest(power.median, interest.median)
        assert_close({**result, "quadrant": quadrant}, expected, 1e-9, organisation)


def test_intervals_of_the_sample_are_those_of_the_seed() -> None:
    for weighting in Weighting:
        found = there(stats.top_k_stability(said(SAMPLE["dots"]), CANDIDATES, 3, weighting))
        assert (found.organisations, found.resamples, found.seed) == (16, 2000, stats.SEED)
        shares = dots().shares[weighting]
        now = {place.candidate: place.rank for place in stats.rank_candidates(shares)}
        assert {c: one.rank for c, one in found.standings.items()} == now
        assert all(one.low <= one.rank <= one.high for one in found.standings.values())
        assert found.standings["C01"].in_top > 0.9 > found.standings["C11"].in_top
        assert found == stats.top_k_stability(said(SAMPLE["dots"]), CANDIDATES, 3, weighting)


@pytest.mark.parametrize("weighting", Weighting)
def test_the_fast_bootstrap_agrees_with_the_plain_one(weighting: Weighting) -> None:
    ratings = said({p: pair[0] for p, pair in SAMPLE["maturity"]["P1"].items()})
    slow = there(
        stats.bootstrap(
            ratings, lambda some: stats.weighted_mean(some).under(weighting).value, resamples=300
        )
    )
    fast = there(stats.mean_interval(ratings, weighting, resamples=300))
    assert (fast.low, fast.high) == pytest.approx((slow.low, slow.high), abs=1e-9)
    assert (fast.n, slow.n) == (23, 24)  # one cannot judge
    assert replace(fast, low=slow.low, high=slow.high, n=24) == slow


@pytest.mark.parametrize("weighting", Weighting)
def test_the_interval_of_an_index_agrees_with_the_plain_bootstrap(weighting: Weighting) -> None:
    """Also where some of the people cannot judge some of the dimensions."""
    by_person = SAMPLE["maturity"]["P1"], SAMPLE["maturity"]["P2"], SAMPLE["maturity"]["G3"]
    people = sorted({person for one in by_person for person in one})
    levels = said({p: tuple(one.get(p, (None,))[0] for one in by_person) for p in people})
    weights = [1.0, 2.0, 0.5]

    def plainly(some: Sequence[Record[Any]]) -> float | None:
        columns = [[replace(one, value=one.value[at]) for one in some] for at in range(3)]
        means = [stats.weighted_mean(one).under(weighting).value for one in columns]
        return stats.maturity_index(means, weights).value

    slow = there(stats.bootstrap(levels, plainly, resamples=200))
    fast = there(stats.composite_interval(levels, weights, weighting, resamples=200))
    found = stats.as_index(fast.low), stats.as_index(fast.high)
    assert found == pytest.approx((slow.low, slow.high), abs=1e-9)
    assert replace(fast, low=slow.low, high=slow.high) == slow


# --- Where there is no number -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("found", "reason"),
    [
        (stats.kendall_w([[1, 2, 3]]), Reason.TOO_FEW_ANSWERS),
        (stats.kendall_w([[1], [1]]), Reason.TOO_FEW_CANDIDATES),
        (stats.kendall_w([[2, 2, 2], [3, 3, 3]]), Reason.ALL_TIED),
        (stats.eijk_agreement([3, 4]), Reason.SCALE_TOO_SHORT),
        (stats.eijk_agreement([0, 0, 0]), Reason.NO_ANSWERS),
        (stats.tastle_wierman([0, 0]), Reason.NO_ANSWERS),
        (stats.rwg([4], 5), Reason.TOO_FEW_ANSWERS),
        (stats.rwg_j([[4, 5], [None, 3]], 5), Reason.TOO_FEW_ANSWERS),
        (stats.distribution([None, None]), Reason.NO_ANSWERS),
        (stats.cronbach_alpha([[1, 2], [None, 3]]), Reason.TOO_FEW_ANSWERS),
        (stats.cronbach_alpha([[1, 2], [2, 1]]), Reason.NO_VARIATION),
        (stats.krippendorff_alpha([[1, 1], [1, 1]]), Reason.NO_VARIATION),
        (stats.borda([], "AB"), Reason.NO_ANSWERS),
        (stats.schulze(stats.preferences([], "AB")), Reason.NO_ANSWERS),
        (stats.wilson(0, 0), Reason.NO_ANSWERS),
        (stats.bootstrap([Record(1.0)] * 7, lambda some: 1.0), Reason.TOO_FEW_ORGANISATIONS),
        (stats.top_k_stability([], "AB", 3), Reason.NO_ANSWERS),
        (stats.mean_interval([Record(None)] * 9), Reason.NO_ANSWERS),
        (
            stats.mean_interval([Record(2.0)] * 9, Weighting.GROUP),
            Reason.NO_GROUP_LARGE_ENOUGH,
        ),
        (stats.weighted_mean([]).participant, Reason.NO_ANSWERS),
        (stats.weighted_mean([Record(3.0, group="g")]).group, Reason.NO_GROUP_LARGE_ENOUGH),
        (stats.gini([0, 0]), Reason.NO_ANSWERS),
        (stats.gini([5]), Reason.TOO_FEW_ANSWERS),
        (stats.retention([], ["a"]), Reason.NO_ANSWERS),
        (stats.core_periphery([stats.Link("a", "b")], ()), Reason.NO_VARIATION),
        (stats.bradley_terry({"a": {"b": 3.0}, "b": {"a": 0.0}}), Reason.NOT_CONNECTED),
        (stats.circular_triads([stats.Duel("a", "b", "a")], "abc"), Reason.INCOMPLETE),
        (stats.ahp_weights([[1, 2]]), Reason.INCOMPLETE),
        (stats.informed_consensus({"g": stats.Votes(0, 0)}), Reason.NO_ANSWERS),
        (stats.settled([(3, None)]), Reason.NO_ANSWERS),
        (stats.overall_level([3, None]), Reason.INCOMPLETE),
        (stats.chi_square([[3, 4], [0, 0]]), Reason.NO_VARIATION),
        (stats.kruskal_wallis([[3, 3], [3]]), Reason.ALL_TIED),
        (stats.measure_network([], ["a"]).density, Reason.TOO_FEW_ORGANISATIONS),
    ],
)
def test_an_undefined_number_says_why(found: object, reason: Reason) -> None:
    assert isinstance(found, Undefined)
    assert found.reason is reason
    assert found.value is None


def test_a_measure_is_never_nan() -> None:
    with pytest.raises(ValueError, match="finite"):
        stats.Measure(float("nan"), 3)
    assert there(stats.distribution([float("nan"), 4, 4])).missing == 1


def test_importing_the_statistics_loads_no_heavy_library() -> None:
    probe = "import sys, workshop.statistics; print([*map(str, sys.modules)])"
    ran = subprocess.run(
        [sys.executable, "-c", probe], cwd=FOLDER.parents[1], capture_output=True, check=True
    )
    loaded = set(json.loads(ran.stdout.decode().replace("'", '"')))
    assert not loaded & {"numpy", "scipy", "networkx", "pandas", "streamlit", "sqlalchemy"}


# --- Rules of the house -------------------------------------------------------------------------


def test_a_person_without_organisation_counts_as_one() -> None:
    ratings = [Record(1.0, "ORG01"), Record(1.0, "ORG01"), Record(4.0), Record(4.0)]
    assert stats.weighted_mean(ratings).organisation == stats.Measure(3.0, 4)


def test_a_group_of_two_with_one_answer_stays_in_the_group_equal_mean() -> None:
    ratings = [Record(3.0, group="a")] * 3 + [Record(1.0, group="b"), Record(None, group="b")]
    found = stats.weighted_mean(ratings)
    assert found.group == stats.Measure(2.0, 4)
    assert (found.excluded_groups, found.missing) == ((), 1)
    assert found.spread == pytest.approx(0.5)
    alone = stats.weighted_mean([*ratings, Record(5.0, group="c"), *[Record(None, group="d")] * 2])
    assert alone.group.value == 2.0
    assert alone.excluded_groups == ("c", "d")


def test_unused_dots_weigh_nothing_in_the_room_in_an_organisation_or_in_a_group() -> None:
    ballots = [
        Record({"a": 4}, "ORG01", "g"), Record({"b": 1}, "ORG01", "g"),
        Record({"b": 2}, "ORG02", "h"), Record({"b": 3}, "ORG02", "h"), Record({"z": 1}),
    ]  # fmt: skip
    found = stats.weighted_shares(ballots, ["a", "b"])
    assert found.shares[Weighting.PARTICIPANT] == {"a": 0.4, "b": 0.6}
    assert found.group_shares == {"g": {"a": 0.8, "b": 0.2}, "h": {"a": 0.0, "b": 1.0}}
    assert found.shares[Weighting.GROUP] == {"a": 0.4, "b": 0.6}
    assert found.shares[Weighting.ORGANISATION] == {"a": 0.4, "b": 0.6}
    assert (found.n, found.blank, found.supporters) == (4, 1, {"a": 1, "b": 3})


def test_ties_share_a_rank_and_are_all_in_at_the_cut() -> None:
    places = stats.rank_candidates({"d": 1, "c": 2, "b": 2, "a": 3, "e": 0})
    assert [(p.candidate, p.rank, p.tied) for p in places] == [
        ("a", 1, False),
        ("b", 2, True),
        ("c", 2, True),
        ("d", 4, False),
        ("e", 5, False),
    ]
    assert stats.top(places, 2) == stats.Top(("a", "b", "c"), ("b", "c"))
    assert stats.top(places, 3) == stats.Top(("a", "b", "c"), ())
    assert stats.top(places, 5, above=0).candidates == ("a", "b", "c", "d")
    assert stats.robust_top({"dots": places}, 2).reason is Reason.TOO_FEW_ORDERS


def test_tied_and_short_ballots_give_all_points() -> None:
    scores = there(stats.borda([["A", frozenset("BC")], ["D"]], "ABCD"))
    assert scores.points == {"A": 4.0, "B": 2.5, "C": 2.5, "D": 3.0}
    assert stats.mid_ranks(["B", "X", "B"], ["A", "B", "C"]) == [2.5, 1.0, 2.5]
    counts = stats.preferences([["A", frozenset("BC")]], "ABCD")
    assert (counts["A"]["D"], counts["B"]["D"], counts["B"]["C"]) == (1, 1, 0)


def test_one_circle_of_three_is_as_inconsistent_as_three_can_be() -> None:
    circle = [stats.Duel("a", "b", "a"), stats.Duel("b", "c", "b"), stats.Duel("c", "a", "c")]
    assert there(stats.circular_triads(circle, "abc")) == stats.Consistency(1, 0.0, 3)
    tied = [*circle[:2], stats.Duel("c", "a", None)]
    assert there(stats.circular_triads(tied, "abc")).zeta == 1.0
    assert stats.win_matrix(tied, "abc")["a"] == {"b": 1.0, "c": 0.5}
    assert stats.joint_judgement([[[1, 4], [0.25, 1]], [[1, 1], [1, 1]]])[0] == (1.0, 2.0)


def test_a_candidate_whose_every_commitment_needs_one_organisation_is_named() -> None:
    commitments = [
        stats.Commitment("ORG01", ("ORG02", "ORG03"), "C1"),
        stats.Commitment("ORG04", ("ORG02", "ORG04"), "C1"),
        stats.Commitment("ORG04", (), "C2"),
    ]
    found = stats.dependencies(commitments, ["ORG05"])
    assert found.sole_suppliers == (stats.SoleSupplier("C1", "ORG02", 2),)
    assert found.isolates == ("ORG05",)
    assert stats.measure_network(stats.link(commitments), ["ORG05"]).unlinked == ("ORG05",)
    assert stats.dependencies([], ["ORG05"]).shares == {}


def test_tests_of_tables_agree_with_scipy() -> None:
    from scipy import stats as oracle

    table = [[12, 5, 8], [6, 14, 9], [20, 11, 7]]
    chi2, p, df, _ = oracle.chi2_contingency(table, correction=False)
    found = there(stats.chi_square(table))
    assert (found.chi2, found.p, found.df) == pytest.approx((chi2, p, df))
    few = there(stats.chi_square([[3, 1], [1, 3]]))
    assert few.p_method == "monte_carlo"
    assert few.p == pytest.approx(0.4857, abs=0.04)
    groups = [[1, 2, 2, 3], [3, 4, 4], [5, 3, 5, 5]]
    h, p = oracle.kruskal(*groups)
    ranks = there(stats.kruskal_wallis(groups))
    assert (ranks.h, ranks.p) == pytest.approx((h, p))
    assert stats.holm([0.01, 0.04, 0.03]) == pytest.approx((0.03, 0.06, 0.06))


def test_a_statement_speaks_for_the_group_that_stands_alone_with_it() -> None:
    own = there(stats.representativeness(stats.Votes(9, 10), stats.Votes(3, 15)))
    assert own.speaks
    assert not there(stats.representativeness(stats.Votes(1, 2), stats.Votes(8, 15))).speaks
    both = {"a": stats.Votes(9, 10), "b": stats.Votes(8, 8)}
    assert stats.ground(both) is stats.Ground.COMMON
    assert stats.ground({"a": stats.Votes(1, 1)}) is None
    assert there(stats.divide({"a": 0.5, "b": 0.25})) == stats.Divide(0.25, 0.25, 2)


def test_a_small_group_takes_the_next_smallest_with_it() -> None:
    sizes = {"public": 8, "private": 10, "civic": 4, "knowledge": 2, "media": 0}
    found = stats.visible_groups(sizes, 3)
    assert (found.shown, found.hidden) == (("private", "public"), ("knowledge",))
    assert found.complementary == ("civic",)
    assert found.safe
    assert stats.may_show(found, "public")
    assert not stats.may_show(found, "civic")
    assert not stats.may_show(found, "media")
    assert stats.visible_groups(sizes, 3, totals=()).complementary == ()
    assert stats.visible_groups({"a": 3, "b": 5}, 3).shown == ("a", "b")


def test_two_hidden_groups_of_one_are_still_fewer_than_three() -> None:
    found = stats.visible_groups({"a": 1, "b": 1, "c": 6, "d": 9}, 3)
    assert (found.shown, found.complementary) == (("d",), ("c",))


def test_one_person_without_a_group_is_hidden_by_hiding_a_group() -> None:
    found = stats.visible_groups({"a": 4, "b": 9}, 3, ungrouped=1)
    assert (found.shown, found.hidden, found.complementary) == (("b",), (), ("a",))
    assert stats.visible_groups({"a": 4, "b": 9}, 3, ungrouped=5).shown == ("a", "b")
    assert stats.visible_groups({}, 3, ungrouped=2).exposed == ("",)


def test_group_equal_means_beside_participant_means_give_two_hidden_groups_away() -> None:
    sizes = {"public": 8, "private": 10, "civic": 4, "knowledge": 2}
    both = (Weighting.PARTICIPANT, Weighting.GROUP)
    hidden = ("civic", "knowledge")
    assert stats.recoverable(sizes, hidden, 3) == frozenset()
    assert stats.recoverable(sizes, hidden, 3, totals=both) == set(hidden)
    assert stats.visible_groups(sizes, 3, totals=both).shown == ("private",)
    assert not stats.visible_groups({"a": 2, "b": 7}, 3, totals=both).safe
    assert stats.visible_groups({"a": 2}, 3).exposed == ("a",)


# --- Laws ---------------------------------------------------------------------------------------

STEPS = st.lists(st.integers(0, 40), min_size=3, max_size=7).filter(any)
SIZES = st.dictionaries(st.sampled_from("abcdefg"), st.integers(0, 12), max_size=6)
PERSON = st.tuples(st.sampled_from([None, "o1", "o2", "o3"]), st.sampled_from([None, "g", "h"]))


@given(STEPS)
def test_agreement_stays_on_its_scale_and_has_no_direction(counts: list[int]) -> None:
    a, c = there(stats.eijk_agreement(counts)).value, there(stats.tastle_wierman(counts)).value
    assert -1 <= a <= 1
    assert 0 <= c <= 1
    assert there(stats.eijk_agreement(counts[::-1])).value == pytest.approx(a)
    assert there(stats.eijk_agreement([3 * x for x in counts])).value == pytest.approx(a)


@given(st.lists(st.lists(st.integers(1, 5), min_size=4, max_size=4), min_size=2, max_size=6))
def test_concordance_is_between_zero_and_one(rows: list[list[int]]) -> None:
    found = stats.kendall_w(rows)
    if not isinstance(found, Undefined):
        assert 0 <= found.w <= 1
        assert 0 < found.p <= 1
        assert found.p_method == "permutation"


@given(st.lists(PERSON, min_size=1, max_size=30), st.sampled_from(list(Weighting)))
def test_weights_sum_to_one_or_are_all_zero(
    people: list[tuple[str | None, str | None]], weighting: Weighting
) -> None:
    each = stats.weights([Record(None, *person) for person in people], weighting)
    assert min(each) >= 0
    assert sum(each) == pytest.approx(1) or (weighting is Weighting.GROUP and not any(each))


@given(st.lists(st.floats(0, 1e6), min_size=2, max_size=30))
def test_gini_is_between_even_and_one_has_all(amounts: list[float]) -> None:
    found = stats.gini(amounts)
    if not isinstance(found, Undefined):
        assert 0 <= found.gini <= 1 - 1 / found.n + 1e-9
        assert found.gini <= found.corrected <= 1


@given(st.integers(0, 60), st.integers(1, 60))
def test_wilson_holds_the_share(successes: int, n: int) -> None:
    share = min(successes, n) / n
    found = there(stats.wilson(min(successes, n), n))
    assert 0 <= found.low <= share <= found.high <= 1


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 4), min_size=1), st.randoms())
def test_places_do_not_depend_on_the_order_of_asking(scores: dict[str, int], random: Any) -> None:
    shuffled = list(scores.items())
    random.shuffle(shuffled)
    places = stats.rank_candidates(dict(shuffled))
    assert places == stats.rank_candidates(scores)
    for place in places:
        assert place.rank == 1 + sum(score > scores[place.candidate] for score in scores.values())


@given(st.lists(st.permutations("ABCD"), min_size=1, max_size=6), st.permutations("ABCD"))
def test_room_orders_do_not_depend_on_names_or_seats(
    orders: list[list[str]], names: list[str]
) -> None:
    renamed = dict(zip("ABCD", names, strict=True))
    again = [[renamed[name] for name in order] for order in reversed(orders)]
    first, second = stats.preferences(orders, "ABCD"), stats.preferences(again, "ABCD")
    duels, paths = there(stats.condorcet(first)), there(stats.schulze(first))
    beaten = there(stats.schulze(second)).beaten
    assert {renamed[name]: count for name, count in paths.beaten.items()} == beaten
    smith = {renamed[name] for name in duels.smith}
    assert smith == set(there(stats.condorcet(second)).smith)
    assert set(paths.winners) <= set(duels.smith)
    if duels.winner:
        assert paths.winners == (duels.winner,)


@settings(max_examples=400)
@example({"a": 2, "b": 3}, 3, 0, {Weighting.ORGANISATION, Weighting.GROUP})
@given(SIZES, st.integers(1, 6), st.integers(0, 8), st.sets(st.sampled_from(list(Weighting))))
def test_no_hidden_group_can_be_computed_from_totals_and_shown_groups(
    sizes: dict[str, int], k: int, ungrouped: int, totals: set[Weighting]
) -> None:
    import numpy as np

    found = stats.visible_groups(sizes, k, ungrouped=ungrouped, totals=totals)
    unseen = [*found.hidden, *found.complementary]
    filled = {group for group, n in sizes.items() if n}
    assert sorted([*found.shown, *unseen]) == sorted(filled)
    assert all(sizes[group] >= k for group in found.shown)
    assert found.safe or not found.shown
    if not found.safe or not unseen:
        return
    people = [*(float(sizes[group]) for group in unseen), float(ungrouped)]
    for least in (1, 2):  # group-equal means with and without groups of one
        alike = [float(n >= least) for n in people[:-1]] + [0.0]
        rows = [alike if total is Weighting.GROUP else people for total in totals]
        known = np.linalg.matrix_rank(rows) if rows else 0
        for place in range(len(unseen)):
            alone = [float(other == place) for other in range(len(people))]
            assert np.linalg.matrix_rank([*rows, alone]) == known + 1
    assert totals <= {Weighting.GROUP} or sum(people) >= k


@given(SIZES, st.integers(1, 6))
def test_the_names_of_groups_do_not_decide_how_many_are_shown(
    sizes: dict[str, int], k: int
) -> None:
    turned = dict(zip(sizes, reversed(sizes.values()), strict=True))
    first, second = stats.visible_groups(sizes, k), stats.visible_groups(turned, k)
    assert sorted(sizes[group] for group in first.shown) == sorted(
        turned[group] for group in second.shown
    )
