"""The default programme gets its twenty session plans, prompts for the daily log and discussion windows.

Words are ours; the order of the weeks is the model's (seeds 000 and 002). Windows after evidence
anchors-systems, row 35: mid discussion on days 8–12, final discussion and the talk of three on days 18–20.
A version that months use stays as it is and is followed by the next one; whatever somebody has already
written into the programme is left alone.
"""

from django.db import migrations

NAME = "Työkykyisen pitkäaikaistyöttömän valmennuskuukausi"
WINDOWS = [("mid", 8, 12), ("final", 18, 20), ("three_party", 18, 20)]
PROMPTS = [
    "Mikä vahvuus tuli tänään näkyviin?\n"
    "Mistä joku innostui tai oli ylpeä?\n"
    "Kuka otti ensimmäisen askeleen työnhaussa?\n"
    "Kuka jäi hiljaiseksi ja kaipaa kahdenkeskistä aikaa?",
    "Keneen otettiin yhteyttä ja mitä siitä seurasi?\n"
    "Minkä vinkin joku antoi toiselle?\n"
    "Mitä työkokeiluissa tapahtui ja mitä ryhmä neuvoi?\n"
    "Kenen välikeskustelu on vuorossa?",
    "Mitä haastattelusta tai sen harjoittelusta opittiin?\n"
    "Mikä kysymys tuntui vaikealta ja mikä vastaus siihen löytyi?\n"
    "Mikä palaute ilahdutti?\n"
    "Mitä työkokeiluissa tapahtui ja mitä ryhmä neuvoi?",
    "Mikä on muuttunut ensimmäisestä viikosta?\n"
    "Mitä tunteita muutos herättää?\n"
    "Mitkä arvot näkyivät valinnoissa?\n"
    "Mikä uskomus itsestä tai työelämästä on alkanut väistyä?\n"
    "Mikä on kunkin seuraava askel ja kuka siinä auttaa?",
]
COACHING, VISIT, GUEST = "coaching", "visit", "guest"
PLANS = [
    [
        (
            "Tervetuloa",
            COACHING,
            "Aluksi: kahvit, esittäytyminen parin kautta ja yhdessä sovitut pelisäännöt.\n"
            "Sitten: mitä kuukausi on, miten ryhmä ja työkokeilu vuorottelevat. Jokainen lukee oman "
            "tavoitteensa ja kertoo siitä sen, minkä haluaa.\n"
            "Lopuksi: yksi asia, jota odotan.",
        ),
        (
            "Oma tarina ja mistä olen ylpeä",
            COACHING,
            "Aluksi: kuulumiset.\n"
            "Sitten: ennakkotehtävän pohjalta pieni tarina pienryhmissä. Kuulijat kirjaavat lapuille "
            "vahvuudet, jotka tarinasta kuuluvat.\n"
            "Lopuksi: jokainen ottaa laput itselleen ja lukee niistä yhden ääneen.",
        ),
        (
            "Mitä osaan",
            COACHING,
            "Aluksi: mitä kaikkea töissä, koulussa, kotona ja harrastuksissa oppii.\n"
            "Sitten: oma osaamisprofiili. Jokaiselle taidolle esimerkki: missä olen tehnyt tätä?\n"
            "Lopuksi: pari kertoo toisen osaamisen ryhmälle.",
        ),
        (
            "Millainen olen",
            COACHING,
            "Aluksi: asteikolla lattialla, esimerkiksi hiljaisuus – vilinä tai rutiini – vaihtelu.\n"
            "Sitten: persoonallisuus ja temperamentti omin sanoin. Missä olosuhteissa olen parhaimmillani?\n"
            "Lopuksi: yksi piirre, josta on hyötyä työssä.",
        ),
        (
            "Minulle sopivat työt – ja työnhaku alkaa",
            COACHING,
            "Aluksi: viikon löydöt seinälle.\n"
            "Sitten: kolme tehtävää, jotka sopisivat minulle, ja ensimmäinen teko: yksi soitto, käynti tai "
            "kysymys tutulle. Tehdään se heti yhdessä.\n"
            "Lopuksi: iloitaan jokaisesta askeleesta.",
        ),
    ],
    [
        (
            "Missä työpaikat ovat piilossa",
            COACHING,
            "Aluksi: mistä edellinen työni löytyi?\n"
            "Sitten: suurinta osaa paikoista ei ilmoiteta. Jokainen piirtää kartan ihmisistä ja paikoista, "
            "jotka jo tuntee, ja ryhmä täydentää sitä.\n"
            "Lopuksi: keneltä kysyn ensin?",
        ),
        (
            "Vihreät, keltaiset ja oranssit työpaikat",
            COACHING,
            "Aluksi: työkokeilujen kuulumiset ja vinkit toisille.\n"
            "Sitten: omat kohdetyöpaikat. Vihreä kiinnostaa eniten, keltainen sopisi, oranssi on rajalla mutta "
            "ei poissa laskuista. Mitä siellä jää nyt tekemättä?\n"
            "Lopuksi: kolme paikkaa, joihin otan yhteyttä.",
        ),
        (
            "Soittopäivä",
            COACHING,
            "Aluksi: oma puhe kahdella lauseella, harjoitus parin kanssa.\n"
            "Sitten: soitetaan, jokainen ainakin kerran, vieri vieressä. Jokainen soitto merkitään taululle, "
            "tuli siitä mitä tuli.\n"
            "Lopuksi: mitä kuulin ja mitä teen seuraavaksi? Välikeskustelut alkavat.",
        ),
        (
            "Ansioluettelo, joka kertoo minusta",
            COACHING,
            "Aluksi: työnantajan silmin, mitä puolessa minuutissa ehtii nähdä?\n"
            "Sitten: oma ansioluettelo kuntoon osaamisprofiilin avulla. Pari lukee ja kysyy.\n"
            "Lopuksi: kenelle tämä lähtee tänään?",
        ),
        (
            "Avoin hakemus ja rohkea käynti",
            COACHING,
            "Aluksi: viikon vinkit ja onnistumiset.\n"
            "Sitten: lyhyt avoin hakemus yhteen kohdetyöpaikkaan ja harjoitus: astun ovesta sisään ja kerron, "
            "mitä tarjoan.\n"
            "Lopuksi: sovitaan, kuka käy missä ja kuka lähtee kaveriksi.",
        ),
    ],
    [
        (
            "Mitä työnantaja haluaa tietää",
            COACHING,
            "Aluksi: kuulumiset työkokeiluista.\n"
            "Sitten: vaihdetaan osia. Ryhmä on työnantaja, joka etsii tekijää: mitä kysyt ja mitä toivot "
            "kuulevasi?\n"
            "Lopuksi: kolme asiaa, jotka haluan jokaisen työnantajan tietävän minusta.",
        ),
        (
            "Kerro itsestäsi",
            COACHING,
            "Aluksi: lämmittely, minuutti mistä tahansa rakkaasta aiheesta.\n"
            "Sitten: oma minuutin esittely: kuka olen, mitä osaan, mitä haen. Esimerkki jokaisesta lupauksesta.\n"
            "Lopuksi: kuulijat kertovat, mikä jäi mieleen.",
        ),
        (
            "Haastatteluharjoitus",
            COACHING,
            "Aluksi: miten valmistaudun, mitä puen, milloin olen perillä.\n"
            "Sitten: harjoitushaastattelut kolmistaan: hakija, haastattelija ja tarkkailija. Osat vaihtuvat.\n"
            "Lopuksi: mikä toimi, ja mitä teen ensi kerralla toisin?",
        ),
        (
            "Vieraana työnantaja",
            GUEST,
            "Aluksi: vieras kertoo, mitä hän katsoo, kun hän palkkaa.\n"
            "Sitten: oikealta tuntuvat harjoitushaastattelut vieraan kanssa, muut tekevät kysymyksiä.\n"
            "Lopuksi: kiitos vieraalle, ja jokainen kirjaa yhden opin.",
        ),
        (
            "Vaikeat kysymykset",
            COACHING,
            "Aluksi: viikon haastattelut ja niiden opit.\n"
            "Sitten: aukot työhistoriassa, ikä, työttömyyden syyt. Mitä kerron, mitä ei tarvitse kertoa, ja "
            "miten käännän vastauksen siihen, mitä osaan?\n"
            "Lopuksi: vastaus, johon luotan. Ensi viikon vierailujen valmistelu.",
        ),
    ],
    [
        (
            "Vierailu työpaikalla",
            VISIT,
            "Ennen: mitä haluan nähdä ja kenelle esittelen itseni?\n"
            "Vierailulla: kierros, työntekijän oma kertomus ja kysymykset. Huomataan työt, joita kukaan ei "
            "ehdi tehdä.\n"
            "Jälkeen: kuka voisi olla täällä töissä, ja kuka ottaa yhteyttä?",
        ),
        (
            "Oma muutos ja sen tunteet",
            COACHING,
            "Aluksi: katsotaan, mitä ensimmäisellä viikolla kirjoitin.\n"
            "Sitten: mikä on muuttunut minussa, arjessani ja tavoitteessani? Mitä tunteita se herättää: iloa, "
            "pelkoa, haikeutta? Kaikki kuuluvat asiaan.\n"
            "Lopuksi: mikä auttaa minua pysymään tällä tiellä?",
        ),
        (
            "Toinen vierailu",
            VISIT,
            "Ennen: mitä opimme edellisestä?\n"
            "Vierailulla: kohde, jota joku ryhmästä on toivonut. Toivoja kertoo, miksi olemme tulleet.\n"
            "Jälkeen: vinkit toisille ja kiitosviesti isännälle. Loppukeskustelut alkavat.",
        ),
        (
            "Arvot ja uskomukset",
            COACHING,
            "Aluksi: valitse viidestä arvosta kaksi, joista et tingi.\n"
            "Sitten: mitä uskon itsestäni ja työelämästä? Mikä siitä on totta, mikä vanhaa? Millaisessa työssä "
            "arvoni toteutuvat?\n"
            "Lopuksi: uusi lause vanhan uskomuksen tilalle.",
        ),
        (
            "Mitä vien mukanani",
            COACHING,
            "Aluksi: jokaisen kuukausi yhtenä kuvana.\n"
            "Sitten: seuraavat askeleet: mitä, miten, kuka ja milloin. Kuka ryhmästä soittaa minulle kahden "
            "viikon päästä?\n"
            "Lopuksi: jokainen saa jokaiselta yhden kiitoksen. Kahvit ja juhla.",
        ),
    ],
]


def complete(apps, schema_editor):
    programmes = apps.get_model("coaching", "Programme").objects
    newest = programmes.filter(name=NAME, copied_for__isnull=True).order_by("-version").first()
    plans = apps.get_model("coaching", "SessionPlan")
    if newest is None or plans.objects.filter(programme=newest).exists():
        return
    target = _next_version(apps, newest) if newest.months.exists() else newest
    for week in target.weeks.filter(prompts=""):
        week.prompts = PROMPTS[week.number - 1]
        week.save(update_fields=["prompts"])
    plans.objects.bulk_create(
        plans(programme=target, week=week, weekday=weekday, title=title, kind=kind, plan=plan)
        for week, days in enumerate(PLANS, start=1)
        for weekday, (title, kind, plan) in enumerate(days, start=1)
    )
    windows = apps.get_model("coaching", "DiscussionWindow")
    if not windows.objects.filter(programme=target).exists():
        windows.objects.bulk_create(
            windows(programme=target, kind=kind, first_day=first, last_day=last)
            for kind, first, last in WINDOWS
        )


def _next_version(apps, old):
    made = apps.get_model("coaching", "Programme").objects.create(
        name=old.name, version=old.version + 1, valid_from=old.valid_from, is_active=old.is_active
    )
    for name in ("ProgrammeWeek", "DiscussionWindow", "PreAssignmentTemplate"):
        model = apps.get_model("coaching", name)
        rows = list(model.objects.filter(programme=old))
        for row in rows:
            row.pk, row.programme = None, made
            row._state.adding = True
        model.objects.bulk_create(rows)
    return made


class Migration(migrations.Migration):
    dependencies = [("coaching", "0005_the_coachs_month")]
    operations = [migrations.RunPython(complete, migrations.RunPython.noop)]
