"""Which column is which in a list of employers, in Finnish, Swedish and English."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from participants.referral_list.columns import headers_of, recognise
from participants.referral_list.table import Layout

SYNONYMS: dict[str, tuple[str, ...]] = {
    "name": (
        "nimi", "yritys", "yrityksen nimi", "työnantaja", "työpaikka", "organisaatio", "toiminimi",
        "arbetsgivare", "företag", "företagets namn", "arbetsplats", "namn",
        "employer", "company", "company name", "name", "organisation",
    ),
    "business_id": (
        "y-tunnus", "ytunnus", "yritystunnus", "y tunnus", "ly-tunnus", "alv-tunnus",
        "fo-nummer", "fonummer", "fo nummer", "företagsnummer", "business id", "vat", "vat number",
    ),
    "sector": ("ala", "toimiala", "bransch", "sector", "industry"),
    "size": ("koko", "henkilöstö", "henkilöstömäärä", "työntekijöitä", "storlek", "personal", "anställda",
             "size", "employees"),
    "street_address": ("osoite", "katuosoite", "lähiosoite", "käyntiosoite", "postiosoite", "adress",
                       "gatuadress", "besöksadress", "address", "street address"),
    "postal_code": ("postinumero", "postinro", "pnro", "postnummer", "postnr", "postal code"),
    "city": ("kunta", "paikkakunta", "kaupunki", "postitoimipaikka", "kommun", "ort", "postort", "stad",
             "city", "municipality"),
    "phone": ("puhelin", "puhelinnumero", "puh", "puh.nro", "vaihde", "telefon", "telefonnummer", "tel",
              "tfn", "phone", "phone number"),
    "email": ("sähköposti", "sähköpostiosoite", "sposti", "s-posti", "email", "e-mail", "e-post", "epost"),
    "language": ("kieli", "asiointikieli", "språk", "language"),
    "own_contact": ("yhteyshenkilömme", "vastuuhenkilö", "vastuuhenkilömme", "meidän yhteyshenkilö",
                    "vår kontaktperson", "ansvarig", "our contact", "our named contact"),
    "needs": ("tarpeet", "tarve", "mitä tarvitsee", "mitä he tarvitsevat", "behov", "needs",
              "what they need"),
    "experience": ("kokemukset", "kokemus", "kokemukset tähän asti", "erfarenheter", "experience"),
    "do_not_ask_before": ("ei kysytä ennen", "älä kysy ennen", "fråga inte före", "do not ask before"),
    "person_name": ("yhteyshenkilö", "yhteyshenkilön nimi", "esimies", "esihenkilö", "kontaktperson",
                    "chef", "förman", "contact person", "contact", "supervisor"),
    "person_role": ("rooli", "tehtävä", "asema", "yhteyshenkilön rooli", "roll", "role"),
    "person_phone": ("yhteyshenkilön puhelin", "yhteyshenkilön puhelinnumero", "kontaktpersonens telefon",
                     "contact phone"),
    "person_email": ("yhteyshenkilön sähköposti", "kontaktpersonens e-post", "contact e-mail",
                     "contact email"),
    "note": ("huomautus", "huom", "lisätiedot", "lisätieto", "muuta", "muistiinpanot", "kommentti",
             "anmärkning", "övrigt", "kommentar", "note", "notes", "remarks"),
    "reason_to_mend": ("korjattavaa", "att rätta", "to mend"),
}  # fmt: skip

FIELD_LABELS: dict[str, Promise] = {
    "name": _("name"),
    "business_id": _("business ID (Y-tunnus)"),
    "sector": _("sector"),
    "size": _("size"),
    "street_address": _("street address"),
    "postal_code": _("postal code"),
    "city": _("municipality"),
    "phone": _("phone"),
    "email": _("e-mail"),
    "language": _("language"),
    "own_contact": _("our named contact"),
    "needs": _("what they need"),
    "experience": _("experience so far"),
    "do_not_ask_before": _("do not ask before"),
    "person_name": _("contact person"),
    "person_role": _("contact person's role"),
    "person_phone": _("contact person's phone"),
    "person_email": _("contact person's e-mail"),
    "note": _("note"),
    "reason_to_mend": _("reason from an earlier try, not read"),
}
_KNOWN = headers_of(SYNONYMS)

EMPLOYERS = Layout(
    recognise=lambda headers: recognise(headers, _KNOWN),
    is_enough=lambda fields: "name" in fields,
    no_rows=_("The list has headers but no employers under them."),
    no_columns=_(
        "No column with employers' names was found. The first row needs the header Nimi or Yritys; "
        "the example file shows how."
    ),
)

EXAMPLE = [
    [
        "Nimi", "Y-tunnus", "Toimiala", "Henkilöstö", "Katuosoite", "Postinumero", "Kunta", "Puhelin",
        "Sähköposti", "Kieli", "Yhteyshenkilö", "Rooli", "Yhteyshenkilön puhelin",
        "Yhteyshenkilön sähköposti", "Yhteyshenkilömme", "Tarpeet", "Ei kysytä ennen", "Lisätiedot",
    ],
    [
        "Esimerkkikahvila Oy", "", "ravintola", "8", "Kirkkokatu 5", "13100", "Hämeenlinna", "03 555 1234",
        "kahvila@yritys.example", "suomi", "Eija Esimerkki", "esimies", "040 555 1234",
        "eija@yritys.example", "", "Apua lounasaikaan", "", "Poista tämä esimerkkirivi",
    ],
]  # fmt: skip
