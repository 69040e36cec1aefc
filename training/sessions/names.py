"""Invented names, values and paths, and casual wording; all from the random.Random that is given."""
import random

WORDS = """
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


def camel(rng: random.Random, words: int = 2) -> str:
    parts = [rng.choice(WORDS) for _ in range(words)]
    return parts[0] + "".join(w.capitalize() for w in parts[1:])


def new_name(rng: random.Random) -> str:
    """An identifier: camelCase mostly, else CONSTANT_CASE, PascalCase or a verb in front."""
    style = rng.random()
    if style < 0.6:
        return camel(rng, rng.choice((2, 2, 2, 3)))
    if style < 0.8:
        return "_".join(rng.choice(WORDS) for _ in range(2)).upper()
    if style < 0.9:
        name = camel(rng)
        return name[0].upper() + name[1:]
    verb = rng.choice(("get", "set", "is", "parse", "load", "make", "to", "use", "read"))
    return verb + camel(rng, 1).capitalize() + rng.choice(WORDS).capitalize()


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
    return f"'{rng.choice(STRINGS)}'"


def new_path(rng: random.Random) -> str:
    folder = rng.choice(("src/", "src/", "lib/", "app/", "test/", "server/", "packages/core/", ""))
    folder += rng.choice(WORDS) + "/" if rng.random() < 0.5 else ""
    name = rng.choice((rng.choice(WORDS), camel(rng), rng.choice(WORDS) + "-" + rng.choice(WORDS)))
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
