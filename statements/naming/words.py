"""Words that stand in names and are no one's own: titles, ranks, particles, suffixes.

Facts of usage in English-language diplomatic records; nicknames are the commonest English ones.
All are written as `fold` writes them.
"""

# Stand before a name, or after a comma. Words that are as often given names (Amir, Earl, Dean)
# are left out. By line: address, clergy, courts, offices, ranks, what joins titles.
_TITLES = """
mr mrs ms miss mme mlle madame madam monsieur messrs sir dame lord lady dr doctor prof professor
hon honorable honourable rt right excellency highness majesty senor senora herr frau signor comrade

rev reverend father fr monsignor msgr cardinal archbishop bishop patriarch pope metropolitan
ayatollah hojatoleslam imam mullah maulana rabbi

king queen prince princess emperor empress shah emir sultan sheikh shaikh shaykh sheik tunku tengku
khedive maharaja nawab archduke duke duchess marquess marquis viscount viscountess count countess
baron baroness crown grand

president premier minister prime chancellor chairman chairwoman chairperson secretary foreign
governor senator congressman congresswoman representative ambassador consul envoy charge
commissioner deputy under assistant acting former late director delegate judge justice mayor
speaker member party state elect designate

general gen lieutenant lt colonel col major maj brigadier brig captain capt commander cdr cmdr
admiral adm rear vice chief marshal field fleet air commodore sergeant sgt corporal cpl private pvt
seaman yeoman steward warrant officer technician petty first second third class grade staff master
technical group wing squadron flight aviation armor armour artillery army navy generalissimo

later code named known called also spelled sometimes formerly nee born the of and for
"""
# Stand after a name with or without a comma; a surname may be Bishop, King or Major.
_TRAILING = """
pasha pasa bey effendi ret retd retired usn usa usaf usmc uscg usnr raf rn
mp mep phd md lld esq esquire kc qc cbe obe gcmg kcmg kcb gcb dso sj
"""
TRAILING = frozenset(_TRAILING.split())
TITLES = TRAILING.union(_TITLES.split())

# Joined to a surname or to what follows; not compared.
_PARTICLES = """
al el ad as ash ar an at az ul ud ur us uz ol od or os oz bin ibn ben bint abu bu
de la le les du des da di del della delle dei degli dos das do d l e i y
van von der den ter ten te zu zum zur vom und af av
"""
PARTICLES = frozenset(_PARTICLES.split())

# "Servant of" opens many Arabic names: the article may be written apart, joined or left out. The
# last is what Arabic script has of it.
SERVANT = frozenset({"abd", "abdul", "abdel", "abdal", "abdol", "abdoul", "abdur", "abdus", "bd"})

GENERATIONS = {
    "jr": "2", "junior": "2", "ii": "2", "2nd": "2", "2d": "2",
    "sr": "1", "senior": "1",
    "iii": "3", "3rd": "3", "3d": "3", "iv": "4", "4th": "4",
    "vi": "6", "vii": "7", "viii": "8", "ix": "9", "xi": "11", "xii": "12",
    "xiii": "13", "xiv": "14", "xv": "15", "xvi": "16",
}  # fmt: skip
REIGNS = {"i": "1", "v": "5", "x": "10"}

# Each line: a name in full, then what it is shortened to.
_NICKNAMES = """
abraham abe
albert al bert
alexander alex alec sandy
alfred al fred
andrew andy drew
anthony tony
arthur art
augustus gus
barbara barb
benjamin ben
bernard bernie
catherine kate kathy cathy
charles charlie chuck
christopher chris
clifford cliff
cyrus cy
daniel dan danny
david dave davy
deborah deb debbie
donald don
douglas doug
edgar ed
edmund ed ned
edward ed eddie ned ted teddy
edwin ed
elizabeth beth betty liz
eugene gene
francis frank
franklin frank
frederick fred freddy
gerald gerry jerry
gerard gerry
gregory greg
harold hal harry
henry hal hank harry
herbert bert herb
hubert bert
jacob jake
james jamie jim jimmy
jeffrey jeff
jerome jerry
john jack jock johnny
jonathan jon
joseph joe joey
joshua josh
katherine kate kathy
kenneth ken
lawrence larry
leonard len lenny
leslie les
louis lou
margaret maggie meg peggy
martin marty
matthew matt
michael mick mike
mikhail misha
mortimer mort
nathaniel nat nathan
nicholas nick
oliver ollie
patricia pat
patrick paddy pat
peter pete
philip phil
raymond ray
richard dick rich rick
robert bob bobby rob robin
rodney rod
ronald ron
samuel sam
solomon sol
stephen steve
steven steve
susan sue
theodore ted teddy theo
thomas tom tommy
timothy tim
victor vic
vincent vince
walter walt
wilfred will
william bill billy will
zachary zach
"""
NICKNAMES = frozenset(
    frozenset((full, short))
    for full, *shorts in map(str.split, _NICKNAMES.strip().splitlines())
    for short in shorts
)
