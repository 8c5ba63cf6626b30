"""The programme of the model, so that the first month can be made at once. Words are ours, content after
seeds 000 and 002 (the model's description of its four weeks)."""

import datetime as dt

from django.db import migrations

NAME = "Työkykyisen pitkäaikaistyöttömän valmennuskuukausi"
WEEKS = [
    (
        "Oma tavoite ja vahvuudet",
        "Jokainen kirjaa oman tavoitteensa. Tehdään näkyväksi osaaminen, vahvuudet, persoonallisuus ja "
        "temperamentti. Mietitään yhdessä, mitkä työtehtävät sopisivat kullekin. Työnhaku käynnistyy heti.",
    ),
    (
        "Piilotyöpaikat",
        "Etsitään työpaikkoja, joista ei ole ilmoitettu. Soitetaan työpaikkoihin, jaetaan vinkit ja iloitaan "
        "jokaisesta askeleesta. Välikeskustelut alkavat.",
    ),
    (
        "Työhaastattelut",
        "Harjoitellaan haastatteluja, käydään oikeissa haastatteluissa ja puretaan kokemukset yhdessä. "
        "Välikeskustelut jatkuvat.",
    ),
    (
        "Työpaikkavierailut ja oma muutos",
        "Vieraillaan työpaikoilla. Katsotaan, mikä on muuttunut ja mitä tunteita muutos herättää. "
        "Keskustellaan arvoista ja uskomuksista omasta osaamisesta ja työelämästä. Loppukeskustelut.",
    ),
]


def add(apps, schema_editor):
    programme = apps.get_model("coaching", "Programme")
    week = apps.get_model("coaching", "ProgrammeWeek")
    if programme.objects.exists():
        return
    made = programme.objects.create(name=NAME, version=1, valid_from=dt.date(2020, 1, 1))
    week.objects.bulk_create(
        week(programme=made, number=number, theme=theme, description=description)
        for number, (theme, description) in enumerate(WEEKS, start=1)
    )


class Migration(migrations.Migration):
    dependencies = [("coaching", "0003_a_months_own_programme")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
