"""Words for synthetic statements: a real-looking vocabulary, drawn as language draws it."""

from array import array
from bisect import bisect
from itertools import accumulate, product
from random import Random

# The commonest words of English prose, then the trade's own; all later ones are derived.
COMMON = """the of to and in that for is on with as by be at are this from it an or not which has
have will was were its their we our they been would should must can may all any no more other
than into between through under over against after before during until within without about such
also both each new only same further so these those there where who what when while
because""".split()
TRADE = """government minister foreign security council agreement cooperation talks relations peace
border republic president statement national international support region regional countries states
people treaty dialogue negotiations sanctions resolution sovereignty territory integrity ceasefire
conflict crisis defence military forces weapons nuclear energy trade economic development aid
humanitarian refugees assistance delegation embassy ambassador summit conference visit meeting call
letter message concern condemn condemns demand demands reject rejects welcome welcomes urge urges
commitment obligations rights human law order stability terrorism terrorist attack attacks violence
aggression occupation withdrawal troops missile drone strike strikes airspace sea waters shipping
navigation oil gas pipeline water climate environment food grain health pandemic vaccine finance
debt investment market tariff customs visa citizens consular prisoners exchange release hostages
mediation mediator envoy special representative secretary general assembly nations charter mandate
observers mission monitors verification inspection agency programme enrichment uranium reactor
elections democracy transition opposition reform constitution parliament court justice tribunal
crimes genocide investigation evidence allegations denied confirmed announced proposed suggested
expressed underlined stressed reiterated emphasised recalled noted reaffirmed considered discussed
agreed signed ratified suspended resumed postponed cancelled opened closed expelled recalled
summoned invited received thanked congratulated condoled apologised warned threatened promised
readiness willingness intention position view policy strategy interest interests issue issues matter
question situation developments efforts steps measures action response solution settlement process
framework mechanism principle principles basis spirit mutual trust respect friendship fraternal
neighbour neighbours neighbouring alliance partner partners partnership strategic bilateral
multilateral trilateral common joint shared close closer strong historic constructive positive
unacceptable illegal unprovoked unilateral provocative dangerous serious deep grave urgent immediate
full comprehensive lasting just peaceful political diplomatic""".split()
STEMS = """ac ad am ar bal ben bor cal can cer con cor dan del dim dor eb el em fal fer for gal ger
gor hal hes hor il im jor kal ker lam lan lor mal man mer mor nal ner nor ol or pal per por ral
ren ror sal ser sol tal ter tor ul un val ver vol wal wen zan zer""".split()
MIDDLES = ["a", "e", "i", "o", "u", "an", "en", "in", "on", "ar", "er", "ist", "ent"]
ENDINGS = ["tion", "ment", "ity", "ing", "ance", "ive", "al", "ory", "ed", "ism", "ure", "ness"]

# A handful of real words for originals in other languages, with the language's own direction.
OTHERS = {
    "fr": """le la les de des et gouvernement paix sécurité coopération frontière accord ministre
        président déclaration négociations souveraineté dialogue relations soutien région crise
        force droit traité visite réunion peuple étranger conseil résolution""".split(),
    "es": """el la los de y gobierno paz seguridad cooperación frontera acuerdo ministro presidente
        declaración negociaciones soberanía diálogo relaciones apoyo región crisis fuerza derecho
        tratado visita reunión pueblo exterior consejo resolución""".split(),
    "de": """der die das und Regierung Frieden Sicherheit Zusammenarbeit Grenze Abkommen Minister
        Präsident Erklärung Verhandlungen Souveränität Dialog Beziehungen Unterstützung Region
        Krise Gewalt Recht Vertrag Besuch Treffen Volk Außenpolitik Rat Entschließung""".split(),
    "ru": """и в на правительство мир безопасность сотрудничество граница соглашение министр
        президент заявление переговоры суверенитет диалог отношения поддержка регион кризис сила
        право договор визит встреча народ внешняя совет резолюция""".split(),
    "ar": """في من على الحكومة السلام الأمن التعاون الحدود الاتفاق الوزير الرئيس البيان المفاوضات
        السيادة الحوار العلاقات الدعم المنطقة الأزمة القوة القانون المعاهدة الزيارة الاجتماع
        الشعب الخارجية المجلس القرار""".split(),
    "fa": """در از به دولت صلح امنیت همکاری مرز توافق وزیر رئیس بیانیه مذاکرات حاکمیت گفتگو روابط
        حمایت منطقه بحران نیرو حقوق معاهده سفر نشست ملت خارجه شورا قطعنامه اعتماد برادری""".split(),
}

N_DERIVED = 9_000
EXPONENT = 1.07  # of Zipf's law, as it is measured on English prose
BITS_OF_A_LOT = 17


class Vocabulary:
    """Words with Zipf's frequencies, drawn by a generator of its own."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self.words = list(dict.fromkeys([*COMMON, *TRADE, *self._derived()]))
        self._lots = self._spread_out()

    def _derived(self) -> list[str]:
        shapes = ["".join(parts) for parts in product(STEMS, MIDDLES, ENDINGS)]
        self._random.shuffle(shapes)
        return shapes[:N_DERIVED]

    def _spread_out(self) -> list[str]:
        """Each word as many times as is its share of a power of two, so that to draw is to look."""
        weights = [1 / rank**EXPONENT for rank in range(2, len(self.words) + 2)]
        n_lots = 1 << BITS_OF_A_LOT
        n_a_weight = n_lots / sum(weights)
        lots = [
            word
            for word, weight in zip(self.words, weights, strict=True)
            for _ in range(int(weight * n_a_weight))
        ]
        return lots + self.words[:1] * (n_lots - len(lots))

    def draw(self, n: int) -> list[str]:
        """Draws `n` words."""
        lots, drop = self._lots, 32 - BITS_OF_A_LOT
        return [lots[number >> drop] for number in array("I", self._random.randbytes(4 * n))]


class ZipfPicker:
    """Picks among things of which few are common and many are rare."""

    def __init__(self, n: int, exponent: float, random: Random) -> None:
        self._random = random.random
        self._weights = list(accumulate(1 / (rank + 3) ** exponent for rank in range(n)))

    def pick(self) -> int:
        return bisect(self._weights, self._random() * self._weights[-1])
