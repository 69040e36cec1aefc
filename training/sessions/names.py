"""Invented names, values and paths, and casual wording; all from the random.Random that is given."""
import random
from collections.abc import Callable
from pathlib import Path

# parts of identifiers that stand in at least four packages of the training corpus
WORDS = (Path(__file__).parent / "words.txt").read_text().split()
FAMILIAR = """
retry budget limit count index total price cart order user token cache queue page size offset cursor parser lexer node edge graph
tree leaf branch commit stream buffer chunk frame pixel colour width height depth depot batch timeout delay backoff socket server
client request response header body status error message event handler listener store state action view model label title text
line column row cell table key value entry item list map set stack heap pool worker task job plan step phase mode flag option
config setting path file folder root base prefix suffix pattern match rule filter sort search result score rank weight rate speed
angle radius point vector matrix layer scene camera light shadow sound voice track album song photo image icon theme font style
margin border anchor target source origin scale factor ratio level tier account invoice payment refund coupon basket parcel route
driver trip seat ticket booking guest room floor door window lock alarm sensor meter pump valve engine motor wheel brake gear
signal channel packet
""".split()
STRINGS = """
main develop staging production debug info warn silent eu-west us-east alpha beta stable nightly postgres sqlite redis jobs events
images backups utc cet npm pnpm yarn red green blue orange dark light atlas falcon harbour juniper lantern meadow nimbus orchid
pebble quartz raven saffron tundra umber violet willow zephyr anna boris clara david elena felix greta hugo ines jonas kira lena
milan nora oscar paula
""".split()
SENTENCE_OPENERS = """
What Which Where In Name Tell Show Quote How Give Remind To From Why List And Can Could Do Does Is Are Who Explain Write Fix Find
Make Add Refactor Review Please Hi Hello Hey Thanks Thank Good Bye Help Introduce Build Create Implement Generate Convert
Translate Optimise Simplify Describe Run Open Delete
""".split()
ADDRESSES = ("Hey, ", "So, ", "And ", "Endless, ", "Quick question: ", "Please, ", "Now, ", "Hm, ", "Ok, ", "Also, ", "Sorry, ")
ENDINGS = (" please", " please?", " again?", " then?", " :)")


SYLLABLES = """
ba be bi bo bra da de do dra fa fi fo ga gli gro ha ho ja jo ka ke ki kra la le li lo ma me mi mo na ne ni no pa pe plo ra re ri ro sa se
ska sta ta te ti to tri tu va ve vi wa wo xa ya yo za ze zi zu
""".split()


def new_word(rng: random.Random) -> str:
    """A part of an identifier; now and then one that is in no dictionary."""
    style = rng.random()
    if style < 0.45:
        return rng.choice(WORDS)
    if style < 0.9:
        return rng.choice(FAMILIAR)
    return "".join(rng.choice(SYLLABLES) for _ in range(rng.choice((2, 2, 3)))) + rng.choice(("", "", "n", "r", "x", "k"))


def new_noun(rng: random.Random, common: list) -> str:
    """What a statement may be about: one of the common nouns, or an invented pair of words."""
    return rng.choice(common) if rng.random() < 0.65 else f"{new_word(rng)} {rng.choice(FAMILIAR)}"


def camel_case(words: list) -> str:
    return words[0] + "".join(w.capitalize() for w in words[1:])


def camel(rng: random.Random, words: int = 2) -> str:
    return camel_case([new_word(rng) for _ in range(words)])


def new_name(rng: random.Random) -> str:
    """An identifier: camelCase mostly, else CONSTANT_CASE, PascalCase or a verb in front."""
    style = rng.random()
    if style < 0.6:
        return camel(rng, rng.choice((2, 2, 2, 3)))
    if style < 0.8:
        return "_".join(new_word(rng) for _ in range(2)).upper()
    if style < 0.9:
        name = camel(rng)
        return name[0].upper() + name[1:]
    verb = rng.choice(("get", "set", "is", "parse", "load", "make", "to", "use", "read"))
    return verb + camel(rng, 1).capitalize() + new_word(rng).capitalize()


def few_words(rng: random.Random, least: int, most: int) -> list:
    """The words of which all names of a session are made."""
    return rng.sample(FAMILIAR if rng.random() < 0.5 else WORDS, rng.randint(least, most))


def names_alike(rng: random.Random) -> Callable[[random.Random], str]:
    """A maker of camelCase names, all of the same few words; called as new_name is."""
    words = few_words(rng, 4, 12)
    return lambda rng: camel_case([rng.choice(words) for _ in range(rng.choice((1, 2, 2, 3)))])


def new_value(rng: random.Random, like: str = None) -> str:
    """A literal; like: mostly of the same type as this one."""
    style = rng.random()
    if like is not None and rng.random() < 0.85:
        style = 0.9 if like[0] == "'" else 0.6 if "." in like else 0.7 if like.isalpha() else 0.3
    if style < 0.55:
        return str(rng.choice((rng.randint(0, 20), rng.randint(10, 999), rng.randint(1000, 99999), rng.randint(1, 60) * 100)))
    if style < 0.65:
        return f"{rng.randint(0, 9)}.{rng.randint(1, 99)}"
    if style < 0.75:
        return rng.choice(("true", "false", "null"))
    return f"'{rng.choice(STRINGS) if rng.random() < 0.6 else new_word(rng)}'"


def changed_value(rng: random.Random, old: str = None) -> str:
    """A literal other than the old one, mostly of its type."""
    value = new_value(rng, old)
    while value == old:
        value = new_value(rng, old)
    return value


def new_path(rng: random.Random) -> str:
    folder = rng.choice(("src/", "src/", "lib/", "app/", "test/", "server/", "packages/core/", ""))
    folder += new_word(rng) + "/" if rng.random() < 0.5 else ""
    name = rng.choice((new_word(rng), camel(rng), new_word(rng) + "-" + new_word(rng)))
    return f"{folder}{name}.{rng.choice(('ts', 'ts', 'ts', 'tsx', 'js'))}"


def casual(rng: random.Random, text: str) -> str:
    """As people type: now and then an address in front, no question mark, no capital."""
    if rng.random() < 0.15 and text[0].isascii() and (len(text) < 2 or not text[1].isupper()):
        lower = text.split()[0] in SENTENCE_OPENERS
        text = rng.choice(ADDRESSES) + (text[0].lower() + text[1:] if lower else text)
    if rng.random() < 0.12:
        text = text.rstrip("?.!")
    if rng.random() < 0.1 and text.split() and text.split()[0] in SENTENCE_OPENERS:
        text = text[0].lower() + text[1:]
    if rng.random() < 0.05:
        text += rng.choice(ENDINGS)
    return text
