"""The invented people, workplaces and sentences of the demo. In Finnish, since the desk's users write it."""

# (first name, last name)
PEOPLE = [
    ("Aino", "Lehtovaara"),
    ("Mikko", "Saarelma"),
    ("Fatima", "Al-Hashimi"),
    ("Jukka", "Rantakallio"),
    ("Päivi", "Hongisto"),
    ("Aleksei", "Pavlov"),
    ("Tuula", "Kivimäki"),
    ("Sami", "Ylä-Outinen"),
    ("Ritva", "Niittylahti"),
    ("Eero", "Mustalahti"),
    ("Marja-Liisa", "Koskenkorva"),
    ("Jani", "Pihlajaniemi"),
    ("Birgitta", "Söderholm"),
    ("Kari", "Uusipaikka"),
    ("Hodan", "Warsame"),
    ("Petri", "Haapasalmi"),
    ("Anne", "Tervonperä"),
    ("Olavi", "Sinisaari"),
    ("Linnea", "Åkerlund"),
    ("Heikki", "Vesterbacka"),
    ("Sirkka", "Metsäpelto"),
    ("Tommi", "Kallioaho"),
    ("Nadezhda", "Orlova"),
    ("Veli-Matti", "Rautalammi"),
    ("Johanna", "Pohjanpalo"),
    ("Ilkka", "Suvanto"),
    ("Minna", "Katajaranta"),
    ("Rauno", "Jokipelto"),
]

FIRST_NAMES = sorted({first for first, _ in PEOPLE})
LAST_NAMES = sorted({last for _, last in PEOPLE})
CITIES = [
    ("13100", "Hämeenlinna"),
    ("13600", "Hämeenlinna"),
    ("14200", "Turenki"),
    ("11100", "Riihimäki"),
    ("13500", "Hämeenlinna"),
    ("30100", "Forssa"),
]
STREETS = ["Koivukuja", "Rantatie", "Asemakatu", "Myllymäentie", "Puistokatu", "Sahanrinne", "Niittypolku"]

# (name, sector, street, postal code, city, tasks)
EMPLOYERS = [
    (
        "Vanajan Rautakauppa Oy",
        "retail",
        "Teollisuuskatu 4",
        "13110",
        "Hämeenlinna",
        "Tavaran vastaanotto, hyllytys ja asiakkaiden opastaminen puutavarapihalla.",
    ),
    (
        "Keittiö Kuismala Oy",
        "restaurant",
        "Raatihuoneenkatu 11",
        "13100",
        "Hämeenlinna",
        "Salaattien ja aamupalan valmistus, astiahuolto ja keittiön siisteys.",
    ),
    (
        "Hoivakoti Ahomansikka",
        "care",
        "Lukiokatu 20",
        "13100",
        "Hämeenlinna",
        "Asukkaiden kanssa ulkoilu ja lukeminen, aamiaisen kattaminen, vuodevaatteiden vaihto.",
    ),
    (
        "Parolan Puutarha ja Taimisto",
        "nature",
        "Hattelmalantie 120",
        "13720",
        "Parola",
        "Taimien ruukutus, kastelu ja asiakkaiden auttaminen myymälässä.",
    ),
    (
        "Logistiikka Hämeenkaari Oy",
        "logistics",
        "Varastotie 2",
        "13130",
        "Hämeenlinna",
        "Keräily käsipäätteellä, pakkaaminen ja kuormien tarkistus.",
    ),
    (
        "Kiinteistöhuolto Tuohimaa",
        "cleaning",
        "Kasarmikatu 8",
        "13100",
        "Hämeenlinna",
        "Pihojen hoito, pienet korjaukset ja huoltokierrosten kirjaaminen.",
    ),
    (
        "Kirjasto ja Kulttuuritalo Lyhty",
        "education",
        "Palokunnankatu 3",
        "13100",
        "Hämeenlinna",
        "Palautusten lajittelu, hyllytys ja tapahtumien järjestelyt.",
    ),
    (
        "Pesula Poutapäivä Oy",
        "other",
        "Harvialantie 15",
        "13210",
        "Hämeenlinna",
        "Tekstiilien lajittelu, mankelointi ja asiakastilausten pakkaaminen.",
    ),
    (
        "Turengin Konepaja Oy",
        "industry",
        "Konepajantie 7",
        "14200",
        "Turenki",
        "Osien viimeistely ja pakkaaminen, tarkistusmittaukset ohjaajan kanssa.",
    ),
    (
        "Koulukeskus Kaurialan ruokapalvelu",
        "restaurant",
        "Katajistontie 1",
        "13200",
        "Hämeenlinna",
        "Linjaston täydentäminen, ruokasalin siisteys ja astiahuolto.",
    ),
    (
        "Kierrätyskeskus Toinen Kierros ry",
        "association",
        "Viipurintie 44",
        "13210",
        "Hämeenlinna",
        "Lahjoitusten lajittelu, hinnoittelu ja myymälätyö.",
    ),
    (
        "Tilitoimisto Selkeä Sarake Oy",
        "office",
        "Sibeliuksenkatu 6",
        "13100",
        "Hämeenlinna",
        "Tositteiden järjestely, arkistointi ja puhelinpalvelu.",
    ),
]
GUIDES = [
    "Kaarlo Peltoniemi",
    "Sari Vuorela",
    "Hanna Lindqvist",
    "Markku Syrjä",
    "Teija Aalto",
    "Jarmo Kontio",
    "Outi Marttila",
    "Kimmo Vuori",
    "Elina Rask",
    "Pirjo Hakala",
    "Antti Salmela",
    "Riikka Toivanen",
]

GOALS = [
    "Haluan työn, jossa saan olla ihmisten kanssa ja jossa selkäni kestää.",
    "Tavoitteeni on saada varastosta työpaikka syksyyn mennessä ja ajaa trukkikortti.",
    "Haluan taas uskaltaa soittaa työnantajalle itse.",
    "Haluan opiskella hoiva-alalle ja hakea kevään yhteishaussa.",
    "Tahdon löytää osa-aikaisen työn, joka sopii yhteen lasten koulupäivien kanssa.",
    "Haluan selvittää, riittääkö kuntoni keittiötyöhön, ja saada siitä rehellisen palautteen.",
    "Haluan, että ansioluetteloni on kunnossa ja osaan kertoa työurastani ilman häpeää.",
    "Tavoitteeni on päästä palkkatuella pihatöihin ja jäädä sinne.",
    "Haluan löytää paikan, jossa saan harjoitella suomen kieltä ja työ on käytännöllistä.",
    "Haluan saada arkeen rytmin ja hakea vähintään viittä paikkaa kuukauden aikana.",
]
CHANGED_GOALS = [
    (
        "Haluan hoiva-avustajaksi, ja haen oppisopimuspaikkaa Ahomansikasta.",
        "Työkokeilu näytti, että työ sopii.",
    ),
    ("Haen varastotyötä ja trukkikorttia jo tässä kuussa, en vasta syksyllä.", "Kurssipaikka vapautui."),
    ("Haluan keittiöön osa-aikaiseksi: aamuvuoro sopii minulle.", "Kokeilussa jaksoin hyvin neljä tuntia."),
]

GROUP_NOTES = [
    "Tutustuttiin ja sovittiin ryhmän pelisäännöt. Jokainen sanoi ääneen oman tavoitteensa, ja muut kertoivat, mitä siinä kuulivat.",
    "Tehtiin vahvuuskartta pareittain. Moni yllättyi, kuinka paljon osaamista harrastuksista löytyi.",
    "Puhuttiin temperamentista: kuka latautuu ihmisistä, kuka hiljaisuudesta. Haarukoitiin, mitkä tehtävät sopisivat kullekin.",
    "Soitettiin ensimmäiset puhelut työpaikkoihin yhdessä. Jännitys laukesi nauruun, ja kolme sai luvan tulla käymään.",
    "Työkokeilujen kuulumiset: keittiössä kiire yllätti. Ryhmä neuvoi kysymään tehtävälistan heti aamulla.",
    "Etsittiin piilotyöpaikkoja: kuka tuntee kenet. Listalle tuli 23 nimeä.",
    "Harjoiteltiin hissipuhetta. Jokainen puhui kaksi kertaa, toinen kerta oli kaikilla selvästi rennompi.",
    "Kierrettiin keskustan yritykset pareittain. Kaksi paikkaa kertoi tarvitsevansa apua jo ensi kuussa.",
    "Purettiin työkokeilujen viikko. Yhdessä mietittiin, miten kertoa ohjaajalle, että tauko on jäänyt väliin.",
    "Kirjoitettiin avoin hakemus ja luettiin se toiselle ääneen. Palaute oli lämmintä ja tarkkaa.",
    "Harjoitushaastattelut kolmen hengen ryhmissä. Vaikein kysymys oli työttömyysjakso, siihen löytyi hyviä sanoja.",
    "Vieraana oli hoivakodin johtaja, joka kertoi mitä haastattelussa oikeasti katsotaan.",
    "Kaksi oli haastattelussa. Ryhmä taputti, kun he kertoivat miten meni.",
    "Palkka, työaika ja oikeudet: mitä saa kysyä ja milloin.",
    "Haastattelujen purku. Todettiin, että jokainen osaa nyt kertoa kolme vahvuuttaan esimerkin kanssa.",
    "Vierailtiin rautakaupassa ja konepajalla. Kahdella syttyi kiinnostus, jota ei ollut ennen käyntiä.",
    "Oma muutos: verrattiin ensimmäisen päivän ja tämän päivän ajatuksia. Ilo ja haikeus olivat molemmat läsnä.",
    "Puhuttiin arvoista ja uskomuksista: mitä uskoin itsestäni kuukausi sitten, mitä uskon nyt.",
    "Tehtiin jokaiselle jatkosuunnitelma ja sovittiin, kuka soittaa kenelle kuukauden päästä.",
    "Päätöskahvit ja todistukset. Jokainen sai ryhmältä kolme kehua kirjallisena.",
]

# (where it belongs: a step, an interview's kind, a certificate or a job-search act; text)
STEPS = [
    ("call", "Soitti kahteen työpaikkaan, toisesta pyydettiin käymään."),
    ("application", "Lähetti avoimen hakemuksen hoivakotiin."),
    ("step", "Kertoi ryhmälle oman tarinansa ja sai siitä paljon kiitosta."),
    ("real", "Rautakauppa Saha, vuoroesimies"),
    ("practice", "Ryhmän haastatteluharjoitus"),
    ("went_there", "Kävi tutustumassa varastoon ja jutteli vuoroesimiehen kanssa."),
    ("certificate", "Hygieniapassi"),
    ("application", "Päivitti ansioluettelon ja haki kolmea paikkaa."),
    ("call", "Soitti entiselle työkaverille ja kuuli vapautuvasta paikasta."),
    ("step", "Nousi joka aamu ajoissa koko viikon."),
    ("went_there", "Kävi katsomassa taimitarhaa ja tarjoutui kevään kiireisiin."),
    ("call", "Soitti kolmeen paikkaan ryhmän kannustaessa vieressä."),
    ("step", "Auttoi ryhmäläistä hakemuksen kanssa ja huomasi itse osaavansa."),
    ("application", "Haki keittiöapulaisen paikkaa ja kirjoitti saatteen itse."),
    ("real", "Puhelinhaastattelu, hoivakoti Koivukoti"),
    ("certificate", "Työturvallisuuskortti"),
    ("step", "Pyysi työpaikkaohjaajalta palautetta ja sai sitä."),
]

SENTENCES = {
    "skills": (
        "Osaamista on paljon, mutta sitä on vaikea sanoittaa.",
        "Kertoo osaamisestaan kolmella esimerkillä; osaamisprofiili on valmis.",
    ),
    "work_life_skills": (
        "Pitkä tauko työelämästä, rytmi hakusessa.",
        "Tuli ajoissa joka päivä ja sopi poikkeamista itse.",
    ),
    "job_search_skills": (
        "Hakemuksia ei ole lähtenyt vuoteen.",
        "Hakee itse viikoittain ja soittaa työpaikkoihin.",
    ),
    "capacity": (
        "Jaksaminen mietityttää, erityisesti aamuisin.",
        "Neljän tunnin päivä sujui, kevennetty työ selälle sopii.",
    ),
    "confidence": (
        "Usko omiin mahdollisuuksiin on vähissä.",
        "Sanoo ääneen, että työ löytyy, ja toimii sen mukaan.",
    ),
    "plan": ("Suunta on auki.", "Seuraavat kolme askelta on sovittu päivineen."),
}
PARTICIPANT_VIEWS = [
    "Sain rohkeutta ja huomasin, että en ole ainoa. Puhelin ei enää pelota.",
    "Parasta oli ryhmä. Työkokeilu näytti, mihin pystyn.",
    "Alussa epäilin, mutta nyt tiedän mitä haen ja miksi.",
    "Opin kertomaan itsestäni ilman että häpeän taukoa.",
]
COACH_VIEWS = [
    "Vahva kuukausi: tarttui jokaiseen harjoitukseen ja kannusti muita. Hyötyy siitä, että joku soittaa kuukauden päästä.",
    "Askeleet olivat pieniä ja pysyviä. Työkokeilun palaute vahvisti uskoa omaan osaamiseen.",
    "Löysi suunnan kolmannella viikolla ja on sen jälkeen hakenut itse. Tarvitsee rinnalla kulkijaa alkuun.",
]
HELP_WANTED = [
    "Harjoitellaan haastattelua vielä kerran ennen perjantaita.",
    "Apua hakemuksen viimeistelyyn ja joku mukaan ensimmäiselle käynnille.",
    "Muistutus siitä, että olen pärjännyt ennenkin.",
]
HELP_ANSWERS = [
    "Harjoitellaan torstaina parin kanssa, ja valmentaja kysyy kysymykset.",
    "Hakemus käydään läpi keskiviikkona; koordinaattori lähtee mukaan käynnille.",
    "Luetaan joka viikko yksi onnistuminen ääneen.",
]
NEXT_STEPS = [
    (
        "Jatkaa työkokeilussa ja sopii palkkatuesta työnantajan kanssa",
        "osallistuja ja koordinaattori",
        "Uusi paikka samalta alalta",
    ),
    ("Hakee hoiva-avustajan koulutukseen", "osallistuja", "Oppisopimus hoivakodissa"),
    ("Soittaa kolmeen listan työpaikkaan", "osallistuja", "Koordinaattori soittaa yhdessä"),
    ("Varaa työttömän terveystarkastuksen", "osallistuja", ""),
    ("Sopii seurantapuhelun kuukauden päähän", "valmentaja", ""),
]
PROPOSALS = [
    ("work_trial", "Työkokeilu sujuu ja paikka haluaa nähdä osaamisen koko päivän työssä."),
    ("wage_subsidy", "Työnantaja on valmis palkkaamaan, kun alkuun saadaan tukea perehdytykseen."),
    ("self_motivated_study", "Opinnot vievät suoraan alalle, jossa on työvoimapula."),
    ("no_decision", ""),
]
ONWARD = [
    ("paid_work", "osa-aikainen työ, sama paikka jossa työkokeilu oli"),
    ("subsidised_work", "palkkatukityö kuusi kuukautta"),
    ("work_trial", "työkokeilu jatkuu kolme kuukautta"),
    ("study", "hoiva-avustajan koulutus"),
    ("paid_work", "keikkatyö, jossa toive vakinaistamisesta"),
    ("none_yet", ""),
    ("apprenticeship", "leipurin työ, sopimus allekirjoitetaan ensi viikolla"),
    ("other_lasting", "ammatillinen kuntoutus alkaa"),
    ("none_yet", ""),
]
CONTACT_NOTES = [
    ("phone", "need_found", "Kevään kiireeseen tarvitaan käsiä aamuihin.", "Soitetaan sopiva osallistuja"),
    ("visit", "agreed", "Esimies näytti paikat ja sovittiin aloituksesta.", "Tuodaan sopimus"),
    ("phone", "no_need", "Vuosi on suunniteltu, kysytään syksyllä uudestaan.", ""),
    ("email", "meeting", "Sovittiin tapaaminen ensi viikolle.", "Tapaaminen paikan päällä"),
    ("phone", "not_reached", "Vastaaja, jätettiin soittopyyntö.", "Soitetaan uudestaan"),
]
NOT_SELECTED_REASON = "Aloitti kurssin ennen kuukauden alkua."

WEEKS = [
    (
        "Oma tavoite ja vahvuudet",
        "Oma tavoite, osaaminen ja vahvuudet näkyviksi. Persoonallisuus ja temperamentti. "
        "Mitkä tehtävät sopisivat? Työnhaku alkaa.",
    ),
    ("Piilotyöpaikat", "Etsitään paikkoja, joita ei ole ilmoitettu: verkostot, soitot ja käynnit."),
    ("Haastattelut", "Harjoitushaastattelut ja oikeat haastattelut, ja mitä niistä opittiin."),
    (
        "Työpaikkavierailut ja oma muutos",
        "Vieraillaan työpaikoilla. Katsotaan omaa muutosta, sen tunteita, arvoja ja uskomuksia.",
    ),
]

DESTINATIONS = {
    "visit": ("Rautakauppa Saha Oy, keskusvarasto", "Hoivakoti Iltarusko", "Kaupungin keskuskeittiö"),
    "guest": ("Henkilöstöpäällikkö, Rautakauppa Saha Oy", "Aiemman ryhmän jäsen, nyt töissä varastolla"),
}
# what happened in the work trials, what the group advised
TRIALS = [
    (
        "Keittiössä kiire yllätti, ja ohjaaja ehti neuvoa vasta iltapäivällä.",
        "Pyydä tehtävälista heti aamulla ja kysy, kuka auttaa, kun ohjaaja on kiinni muussa.",
    ),
    ("Varastolla sai ajaa trukkia ensimmäistä kertaa.", "Kerro ohjaajalle, että trukkikortti kiinnostaa."),
    (
        "Myymälässä asiakas suuttui, ja tilanne jäi mieleen.",
        "Pura tilanne ohjaajan kanssa. Toimit oikein, kun hait apua.",
    ),
]
# (kind, what was said)
TIPS = [
    ("tip", "Soita ennen kymmentä: esimies vastaa silloin itse."),
    ("praise", "Rohkeasti puhelu kaikkien kuullen."),
    ("tip", "Kysy lopuksi, kenelle muulle kannattaisi soittaa."),
    ("praise", "Kuuntelit tarkasti ja annoit hyvän neuvon."),
    ("tip", "Kaupungin keittiöissä haetaan kesäsijaisia jo nyt."),
]
PHRASES = [
    "Harjoittelimme puheluja pareittain.",
    "Ryhmä kannusti toisiaan.",
    "Soitimme yhdessä työpaikkoihin.",
]

EMPLOYER_NEEDS = (
    "Keväällä ja joulun alla tarvitaan käsiä hyllyihin ja varastoon.",
    "Lounasaikaan klo 10–13 tehdään kahden hengen työ yksin.",
    "",
    "Vanhat työohjeet pitäisi koota kansioon, kukaan ei ole ehtinyt.",
    "Pihatyöt toukokuusta lokakuuhun.",
)
EMPLOYER_EXPERIENCES = (
    "Kaksi työkokeilua, joista toinen jatkui kesätyönä. Ohjaajalla on aikaa aamuisin.",
    "",
    "Yksi kokeilu jäi kesken: tehtävät olivat liian raskaita. Sovittu, että katsotaan tehtävät etukäteen.",
)
