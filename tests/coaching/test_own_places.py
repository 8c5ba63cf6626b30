"""A protected person's places stay out of what the personal link opens; everybody else reads every word."""

import pytest

from coaching.own.places import Cover
from tests.support import factories
from tests.support.own_pages import go_in

PLACE = "Kukkakauppa"


@pytest.fixture
def written(enrolment, session, placement):
    """The same workplace in every kind of writing, and a room."""
    session.room = "Sali 3"
    session.save(update_fields=["room"])
    placement.employer.name = f"{PLACE} Oy"
    placement.employer.save(update_fields=["name"])
    factories.ActionStepFactory(enrolment=enrolment, what=f"Soitan: {PLACE}")
    factories.StepForwardFactory(enrolment=enrolment, text=f"Kävin, {PLACE}ssa oli mukavaa, Sali 3")
    factories.JobSearchActionFactory(enrolment=enrolment, text="Soitin Metsäpuotiin")
    enrolment.target_workplaces.create(name="Metsäpuoti", colour="green", why="Lähellä kotia")
    enrolment.interviews.create(kind="real", held_on=session.held_on, where="Pesula Aalto", learned="Kysyn")
    factories.DiscussionFactory(enrolment=enrolment, agreed=f"Aloitan, {PLACE.upper()} odottaa")
    return enrolment


def pages(enrolment) -> str:
    client = go_in(enrolment.participant)
    return "".join(client.get(path).content.decode() for path in ("/o/written/", "/o/steps/"))


def test_a_protected_persons_pages_name_no_place(written, today):
    written.participant.is_restricted = True
    written.participant.save(update_fields=["is_restricted"])
    text = pages(written).casefold()
    for name in (PLACE, "Metsäpuot", "Pesula", "Sali 3"):
        assert name.casefold() not in text
    assert "soitan: [pa" in text or "soitan: [place]" in text
    assert "kysyn" in text


def test_everybody_else_reads_every_word(written, today):
    text = pages(written)
    for name in (f"Soitan: {PLACE}", "Metsäpuotiin", "Pesula Aalto", f"{PLACE}ssa oli mukavaa, Sali 3"):
        assert name in text


@pytest.mark.parametrize("names", [(), ("",), ("ab", " ")])
def test_nothing_to_cover_leaves_a_text_as_it_is(names):
    assert Cover(names)("Soitin, ab ja (x)") == "Soitin, ab ja (x)"


def test_a_name_is_text_and_not_a_pattern():
    assert Cover(("A.+ (x)",))("abbb (x) A.+ (x)").startswith("abbb (x) [")
