"""English verbs of commitments: about 280 of them, and which are nouns as well."""

from __future__ import annotations

from functools import cache

VERBS = """
accept achieve acquire adapt add address adopt advertise advise agree allocate analyse analyze
announce apply appoint approve arrange assemble assess assign assist attend audit award be begin
bring build buy calculate call carry certify chair change check clean close coach collect combine
commission commit communicate compare compile complete conduct confirm connect consider consult
contact contribute convene convert cooperate coordinate correct cover create cut decide declare
define deliver demonstrate deploy describe design designate determine develop digitise digitize
discuss display distribute document donate draft draw edit educate employ enable encourage engage
enlarge ensure equip establish evaluate examine exchange execute expand explain explore extend
extract facilitate file fill finalise finalize finance find finish fit fix follow form formulate
found fund furnish gather give grant guarantee guide hand help hire hold host identify implement
improve include increase inform inspect install integrate interview introduce invest invite issue
join keep launch lead lease lend license list loan locate maintain make manage map measure meet
mentor migrate moderate modernise modernize monitor move name negotiate nominate notify obtain
offer open operate order organise organize oversee participate pay perform pilot plan plant pledge
post prepare present print process procure produce programme promise promote propose prototype
provide publicise publicize publish purchase put raise recommend record recruit reduce refurbish
register reimburse release remove renew renovate rent repair repeat replace report represent
request require research resolve respond restore review revise rework run scan schedule score
secure select send serve set share show sign simplify speak sponsor staff standardise start state
stop store streamline strengthen study submit subsidise summarise summarize supervise supply
support survey take teach test track train transfer translate treat try undertake update upgrade
upload use validate verify visit volunteer vote widen work write
"""

# Base forms that are nouns as well: at the start of a line they are verbs only if something
# follows that is not "of" or "for": "Report on consultations" is a thing, "Report the results" not.
THINGS_TOO = """
address audit award build call chair change check coach commission contact cover cut design
display document draft draw exchange extract file fill find fix form found fund grant guide hand
help hire host increase interview issue join lead lease license list loan map measure mentor
monitor move name offer open order pay pilot plan plant pledge post present print process produce
programme promise prototype purchase raise record register release rent repair report request
research review run scan schedule score set share show sign sponsor staff start state stop store
study supply support survey take test track train transfer treat try update upgrade use visit
volunteer vote work
"""
NOUNS = frozenset(THINGS_TOO.split())
# Base forms that are adjectives as well ("a complete register").
ADJECTIVES = frozenset({"clean", "close", "complete", "correct", "fit", "secure"})
# Gerunds that mostly name a thing ("Training programme").
THINGS = frozenset({"building", "funding", "meeting", "planning", "programming", "training"})


@cache
def bases() -> frozenset[str]:
    """Return the base forms: after "to", "will", "we" and at the start of a line."""
    return frozenset(VERBS.split())


@cache
def sure() -> frozenset[str]:
    """Return base and third-person forms that are no nouns, wherever they stand."""
    plain = bases() - NOUNS - ADJECTIVES
    return plain | {third(verb) for verb in plain}


@cache
def gerunds() -> frozenset[str]:
    """Return the -ing forms: they name an action without saying that anybody does it."""
    return frozenset(_gerund(verb) for verb in bases()) - THINGS


def third(verb: str) -> str:
    """Return the third person singular: publishes, applies, keeps."""
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return verb[:-1] + "ies"
    return verb + ("es" if verb.endswith(("s", "sh", "ch", "x", "z", "o")) else "s")


def _gerund(verb: str) -> str:
    if verb.endswith("e") and not verb.endswith(("ee", "be")):
        return verb[:-1] + "ing"
    short = len(verb) <= 4 and verb[-1] not in "aeiouwxy" and verb[-2:-1] in "aeiou"
    doubled = short and verb[-3:-2] not in "aeiou" and verb not in ("open", "edit", "visit")
    return verb + (verb[-1] if doubled else "") + "ing"
