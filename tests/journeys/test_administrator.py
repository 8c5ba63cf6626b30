"""The administrator: adds a person, reads the trail, and cannot open a participant's file."""

from accounts.models import User


def test_the_administrator_adds_a_coach_and_reads_the_trail(walk, width, administrator, enrolment):
    desk = walk(width)
    desk.log_in(administrator)
    desk.check()
    desk.go("/account/users/add/")
    desk.check()
    desk.page.fill("input[name=email]", "uusi.valmentaja@desk.example")
    desk.page.fill("input[name=first_name]", "Tuuli")
    desk.page.fill("input[name=last_name]", "Uusitalo")
    desk.page.select_option("select[name=role]", "coach")
    desk.page.click("main form button[type=submit]")
    desk.page.wait_for_load_state()
    desk.check()
    assert User.objects.get(email="uusi.valmentaja@desk.example").role == "coach"
    desk.go("/account/audit-trail/")
    desk.check()
    assert "Aino" not in desk.page.inner_text("main")
    assert desk.go(f"/participants/{enrolment.participant_id}/").status == 404
