"""The default programme gets its three pre-assignments, in Finnish, plain Finnish, Swedish and English.

The words are our own, in the spirit of the model (seeds 000 and 002: own story and what one is proud of, what
one can and wants, the goal for the month). They go into the newest version of the template, also when months
use it: nothing was there before, so no month loses what it began with. A version that has some is left alone.
"""

from django.db import migrations

NAME = "Työkykyisen pitkäaikaistyöttömän valmennuskuukausi"

STORY = {
    "fi": {
        "title": "Oma tarinani ja mistä olen ylpeä",
        "introduction": "Jokaisella on tarina, josta löytyy enemmän osaamista kuin heti uskoisi. Kirjoita "
        "siitä juuri sen verran kuin haluat. Oikeita vastauksia ei ole, eikä kukaan laske sanoja.",
        "questions": [
            "Mitä haluaisit meidän tietävän sinusta? Voit kertoa töistä, kodista, harrastuksista tai mistä vain.",
            "Mistä olet ylpeä? Iso tai pieni asia, eilinen tai kaukainen.",
            "Milloin olet onnistunut jossakin, mikä tuntui aluksi vaikealta? Mikä silloin auttoi?",
            "Kuka näkee sinussa hyvää, ja mitä hän sanoisi sinusta?",
        ],
    },
    "plain": {
        "title": "Minun tarinani",
        "introduction": "Kerro itsestäsi. Voit kirjoittaa lyhyesti. Ei ole oikeita eikä vääriä vastauksia.",
        "questions": [
            "Kuka sinä olet? Kerro esimerkiksi työstäsi, perheestäsi tai harrastuksistasi.",
            "Mistä asiasta olet ylpeä? Se voi olla pieni asia.",
            "Mikä asia oli sinulle vaikea, mutta onnistui? Mikä auttoi sinua?",
            "Kuka pitää sinusta? Mitä hän sanoo sinusta?",
        ],
    },
    "sv": {
        "title": "Min berättelse och vad jag är stolt över",
        "introduction": "Alla har en berättelse, och i den finns mer kunnande än man först tror. Skriv precis "
        "så mycket som du vill. Det finns inga rätta svar, och ingen räknar orden.",
        "questions": [
            "Vad vill du att vi ska veta om dig? Du kan berätta om arbete, hem, fritid eller vad som helst.",
            "Vad är du stolt över? Stort eller litet, i går eller för länge sedan.",
            "När har du lyckats med något som först kändes svårt? Vad hjälpte då?",
            "Vem ser det goda i dig, och vad skulle den personen säga om dig?",
        ],
    },
    "en": {
        "title": "My story and what I am proud of",
        "introduction": "Everybody has a story, and there is more skill in it than one first thinks. Write just "
        "as much as you want. There are no right answers, and nobody counts the words.",
        "questions": [
            "What would you like us to know about you? Work, home, free time, anything you like.",
            "What are you proud of? Big or small, yesterday or long ago.",
            "When have you managed something that felt hard at first? What helped you then?",
            "Who sees the good in you, and what would that person say about you?",
        ],
    },
}
SKILLS = {
    "fi": {
        "title": "Mitä osaan ja mitä haluan",
        "introduction": "Osaamista kertyy töissä, kotona, koulussa ja harrastuksissa, ja moni taito tuntuu "
        "itsestä niin tavalliselta, ettei sitä huomaa. Pysähdy hetkeksi katsomaan omaasi.",
        "questions": [
            "Mitä osaat tehdä hyvin? Kirjoita myös se, mikä tuntuu sinusta itsestään selvältä.",
            "Mitä teet niin mielelläsi, että aika unohtuu?",
            "Millaisessa työssä ja millaisten ihmisten kanssa viihdyt? Entä missä et viihdy?",
            "Mitä haluaisit oppia tai kokeilla, jos saisit valita vapaasti?",
            "Mikä on ollut työnhaussa hankalinta? Mikä siinä helpottaisi?",
        ],
    },
    "plain": {
        "title": "Mitä osaan ja mitä haluan",
        "introduction": "Sinä osaat monia asioita. Olet oppinut niitä töissä, kotona ja koulussa. Mieti, mitä "
        "osaat.",
        "questions": [
            "Mitä osaat hyvin? Esimerkiksi ruoanlaitto, korjaaminen tai lasten hoito.",
            "Mitä teet mielelläsi?",
            "Millainen työ on sinulle hyvä? Millainen työ ei ole sinulle hyvä?",
            "Mitä uutta haluat oppia tai kokeilla?",
            "Mikä on työn hakemisessa vaikeaa? Mikä auttaa sinua?",
        ],
    },
    "sv": {
        "title": "Vad jag kan och vad jag vill",
        "introduction": "Man lär sig i arbetet, hemma, i skolan och på fritiden, och mycket känns så vanligt att "
        "man inte märker det. Stanna upp en stund och se på det du kan.",
        "questions": [
            "Vad gör du bra? Skriv också det som känns självklart för dig.",
            "Vad gör du så gärna att du glömmer tiden?",
            "I hurdant arbete och med hurdana människor trivs du? Och var trivs du inte?",
            "Vad skulle du vilja lära dig eller pröva, om du fick välja fritt?",
            "Vad har varit svårast när du sökt arbete? Vad skulle göra det lättare?",
        ],
    },
    "en": {
        "title": "What I can do and what I want",
        "introduction": "Skills grow at work, at home, at school and in free time, and many feel so ordinary that "
        "one does not notice them. Stop for a moment and look at yours.",
        "questions": [
            "What do you do well? Write down also what feels obvious to you.",
            "What do you like doing so much that you forget the time?",
            "In what kind of work and with what kind of people do you feel at ease? And where do you not?",
            "What would you like to learn or try, if you could choose freely?",
            "What has been hardest in looking for work? What would make it easier?",
        ],
    },
}
GOAL = {
    "fi": {
        "title": "Tavoitteeni kuukaudelle",
        "introduction": "Tavoite on sinun, ja sen saa sanoa omin sanoin. Se voi olla työpaikka, opiskelupaikka tai "
        "askel niitä kohti. Voit muuttaa sitä kuukauden aikana niin monta kertaa kuin haluat.",
        "questions": [
            "Mikä on tavoitteesi? Missä haluat olla, kun kuukausi on ohi?",
            "Miksi tämä on sinulle tärkeää?",
            "Mikä olisi ensimmäinen pieni askel?",
            "Kuka tai mikä auttaa sinua? Mitä toivot valmentajalta ja ryhmältä?",
        ],
    },
    "plain": {
        "title": "Minun tavoitteeni",
        "introduction": "Tavoite on asia, jonka haluat saada. Esimerkiksi työ tai koulutus. Voit muuttaa tavoitetta "
        "myöhemmin.",
        "questions": [
            "Mitä haluat? Mitä sinulla on, kun kuukausi on ohi?",
            "Miksi haluat sitä?",
            "Mitä teet ensin? Pieni asia riittää.",
            "Kuka auttaa sinua? Mitä apua toivot valmentajalta?",
        ],
    },
    "sv": {
        "title": "Mitt mål för månaden",
        "introduction": "Målet är ditt, och du får säga det med egna ord. Det kan vara ett arbete, en studieplats "
        "eller ett steg mot dem. Du kan ändra det under månaden så ofta du vill.",
        "questions": [
            "Vad är ditt mål? Var vill du vara när månaden är slut?",
            "Varför är det viktigt för dig?",
            "Vad skulle vara det första lilla steget?",
            "Vem eller vad hjälper dig? Vad önskar du av coachen och gruppen?",
        ],
    },
    "en": {
        "title": "My goal for the month",
        "introduction": "The goal is yours, in your own words. It can be a job, a place to study or a step towards "
        "them. You can change it during the month as often as you like.",
        "questions": [
            "What is your goal? Where do you want to be when the month is over?",
            "Why does this matter to you?",
            "What would be the first small step?",
            "Who or what helps you? What do you hope for from the coach and the group?",
        ],
    },
}
TASKS = ((STORY, 7, False), (SKILLS, 5, False), (GOAL, 3, True))  # texts, days before, asks for the goal


def add(apps, schema_editor):
    template = apps.get_model("coaching", "PreAssignmentTemplate")
    programmes = apps.get_model("coaching", "Programme").objects.filter(name=NAME, copied_for__isnull=True)
    newest = programmes.order_by("-version").first()
    if newest is None or newest.pre_assignment_templates.exists():
        return
    template.objects.bulk_create(
        template(programme=newest, position=number, texts=texts, due_days_before=days, holds_goal=holds_goal)
        for number, (texts, days, holds_goal) in enumerate(TASKS, start=1)
    )


class Migration(migrations.Migration):
    dependencies = [("coaching", "0009_profile_on_paper")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
