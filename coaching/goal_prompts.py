"""Friendly questions about the wording of a goal. They warn and never forbid (issue 3, "The person").

SMART as an acid test of a goal (seed 003:2443-2450): what, how is it noticed, who does it, when. Our own
small checks of words, in the three languages at once: what the participant wrote is not asked for its
language. A question that was not needed costs a glance; so each check would rather stay silent than nag, and
nothing here is saved, counted or sent on.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

FEWEST_WORDS = 4
MOST_WORDS = 80
MOST_QUESTIONS = 3


@dataclass(frozen=True)
class Prompt:
    """One question: `code` is stable, `question` asks, `example` shows an answer."""

    code: str
    question: str
    example: str = ""


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


# beginnings of words, since Finnish and Swedish bend their ends
_TIME = _words("""
    viikko viiko kuukau kuussa kevä kesä syksy talv vuo päivä maanantai tiistai keskiviikko torstai perjantai
    mennessä jälkeen ennen huomenna ensi tammi helmi maalis huhti touko heinä elokuu syys loka marras joulu
    pääsiäis juhannu
    veck månad vår sommar höst vinter år dag måndag tisdag onsdag torsdag fredag före senast efter innan nästa
    januari februari mars april maj juni juli augusti september oktober november december
    week month spring summer autumn winter year day monday tuesday wednesday thursday friday before after
    until next january february march may june july august october december tomorrow
""")
_DOING = _words("""
    soit hake haen haki lähet kysy käy käv tee teen tehd opiskel aloit alan suorit harjoit tutustu kirjoit
    ilmoit yhtey ajan ajaa kokeil selvit luen lue tapaa kerro kerron päivit pyyd pyytää osallistu valmistu
    opin opettel jätän jättää varaa menen vien
    ring söker söka skicka fråga besök gör göra studer börja öva skriv anmäl prova ta testa läser läsa lär
    delta uppdater träffa boka tar
    call apply send ask visit study studies start practise practice write sign try learn finish do make read
    meet take train update join book
""")
_RESULT = _words("""
    työpaikka työpaika sopimus sopimuks kortti korti kort todistu tutkinto tutkinno haastattelu opiskelupaik
    hakemu ansioluettelo cv työkokeilu tunti tunni kertaa kerran päivänä vakitui osa-aik kokoaik palkkatu
    oppisopimu työhaastattelu valmis
    arbetsplats avtal intyg examen intervju studieplats ansökan arbetsprövning timmar gånger heltid deltid
    lärlingsavtal
    contract certificate card degree interview application place hours times full-time part-time
    apprenticeship permanent
""")
# a wish for work in general: the seed's own too loose goal is "finding a job on the open labour market"
_WORK = _words("työ töi duuni jobb arbete sysselsättning job jobs work employment employed")
_FILLING = _words("""
    minä mä haluan haluaisin halua tahdon tavoitteeni tavoitteena tavoite on olisi olla löytää löydän saada
    saan pääsen päästä mennä takaisin taas jokin joku jonkin jonkun mikä tahansa joka vain uusi uuden hyvä
    hyvän oma oman kiva kivan sopiva sopivan avoimilta avoin työmarkkinoilta työmarkkinoille työelämään
    työllistyä työllistyn työllistyminen nopeasti pian kohta ja tai
    jag vill skulle vilja mitt mål är att hitta få ett en något någon nytt bra eget snart igen och eller på
    öppna arbetsmarknaden min jobba arbeta
    i want would like to my goal is get find a an the some any new good own soon again on open labour market
    and or labor nice work
""")
_NOT = re.compile(
    r"\b(en halua|en haluaisi|en tahdo|ei enää|ettei|etten|vill inte|inte längre|slippa"
    r"|don['’]t want|do not want|no longer|no more)\b",
    re.IGNORECASE,
)
_LATIN = re.compile(r"[a-zåäö]", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+(?:[-'][^\W_]+)*")


def goal_prompts(text: str) -> list[Prompt]:
    """The questions that would make this goal clearer, at most three, the most telling first. Empty for an
    empty text, and for one in a script that the checks cannot read."""
    words = [word.lower() for word in _WORD.findall(text[:5_000])]
    if sum(bool(_LATIN.search(word)) for word in words) * 2 <= len(words):
        return []
    found = [prompt for prompt in (*_about_content(text, words), *_about_shape(text, words)) if prompt]
    return found[:MOST_QUESTIONS]


def _about_content(text: str, words: list[str]) -> list[Prompt | None]:
    is_loose = _is_loose(words)
    too_short = len(words) < FEWEST_WORDS
    return [
        Prompt(
            "loose",
            _("What kind of work, and where? Work in general is hard to look for."),
            _("For example: work in a kitchen or a canteen near home, mornings."),
        )
        if is_loose
        else None,
        Prompt(
            "short",
            _("Could you say it in a whole sentence?"),
            _("What do I want, and what do I do for it?"),
        )
        if too_short and not is_loose
        else None,
        Prompt(
            "negative",
            _("What would you like instead?"),
            _("A goal that says what to reach carries further than one that says what to leave."),
        )
        if _NOT.search(text)
        else None,
    ]


def _about_shape(text: str, words: list[str]) -> list[Prompt | None]:
    has_number = any(character.isdigit() for character in text)
    return [
        None
        if has_number or _has(words, _TIME)
        else Prompt("time", _("By when?"), _("A day, a week or a month makes it easier to begin.")),
        None
        if _has(words, _DOING)
        else Prompt(
            "doing",
            _("What do you do yourself to get there?"),
            _("For example: I ring, I apply, I practise, I ask."),
        ),
        None
        if has_number or _has(words, _RESULT)
        else Prompt(
            "noticed",
            _("How do you notice that it has come true?"),
            _("For example: a contract, a card, a place to study, three calls."),
        ),
        Prompt(
            "long",
            _("Which of these comes first?"),
            _("The others can stand as goals of the areas, or as alternatives."),
        )
        if len(words) > MOST_WORDS
        else None,
    ]


def _has(words: list[str], beginnings: tuple[str, ...]) -> bool:
    """Does a word begin with one of these? Beginnings of three letters or fewer have to be the whole word."""
    whole = {beginning for beginning in beginnings if len(beginning) < 4}
    parts = tuple(beginning for beginning in beginnings if len(beginning) > 3)
    return any(word in whole or word.startswith(parts) for word in words)


def _is_loose(words: list[str]) -> bool:
    """Speaks of work, and of nothing that would tell which."""
    about_work = [word for word in words if word.startswith(_WORK) and len(word) <= 14]
    told = [word for word in words if word not in _FILLING and word not in about_work]
    return bool(about_work) and not told
