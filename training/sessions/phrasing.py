"""Patterns of questions: [a|b|] stands for one of the choices. They widen the lists of wording.ASK to many thousand wordings.

What a wording may be made of are the common words for the thing asked; no pattern yields a wording of wording.HELDOUT (tested).
"""
import random
import re

CHOICE = re.compile(r"\[([^\[\]]*)\]")
# openings that turn "what ..." into an indirect question
TELL = "[Tell me|Say|Please tell me|Could you tell me|Can you tell me|Do you know|Do you remember|Do you recall|I want to know|I wonder|Let me know|I forgot|Remind me|Any idea]"
LAST = "[last|just|just now|most recently|latest|a moment ago|right now|a second ago|lately]"
CHANGED = "[change|edit|modify|alter|touch|update|work on|rework|adjust|rewrite|tweak|mess with]"
CHANGE = "[change|edit|modification|update]"
ADDED = "[add|insert|write|put in|type|introduce|enter|bring in]"
WAS_ADDED = "[added|inserted|written|put in|typed|introduced]"
REMOVED = "[remove|delete|take out|cut|drop|throw out|erase|strip]"
WAS_REMOVED = "[removed|deleted|taken out|cut|dropped|thrown out|erased]"
LINE = "[line|code|text|statement|line of code]"
FILE = "[file|source file|module]"

PATTERNS = {
    "last_change": [
        f"[What|Which function|Which part|Which symbol] did I {CHANGED} {LAST}?",
        f"What [was|is] [my|the] [last|latest|most recent|newest|final] {CHANGE}[?| again?| so far?| of mine?]",
        f"{TELL} [what I changed|what I edited|what I have changed|what my last {CHANGE} was|my last {CHANGE}] {LAST}[.|?|]",
        f"[What|What thing] have I [changed|edited|modified|updated|touched] {LAST}?",
        f"[Describe|Name|Give me|Show|Report] [my|the] [last|latest|newest|most recent] {CHANGE}.",
        f"[Where|At what|On what] [did I work|was I working|have I worked] {LAST}?",
        "[latest change|newest change|most recent edit|last modification|newest edit][?|]",
        "What [happened|changed] [last|most recently|just now|just before this]?",
        "[So|And|Well] what did I just [change|edit|do|update|touch|tweak]?",
        "Which [change|modification|update] [was|is] [last|latest|the newest|the most recent|mine]?",
        f"[What|Which part] [is|was] it that I [changed|edited|touched|worked on] {LAST}?",
        "[Bring up|Repeat|Recall|Quote] my [last|latest|newest] [change|edit|modification].",
    ],
    "last_file": [
        f"[Which|What] {FILE} did I {CHANGED} {LAST}?",
        f"[Which|What] {FILE} have I [changed|edited|modified|updated|had open] {LAST}?",
        f"In [which|what] {FILE} [was my last edit|was my latest change|is my last change|did I change something last|have I been {LAST}]?",
        f"{TELL} [the file|which file|in which file] [I changed|I edited|I was in|I worked in|my last change was in] {LAST}[.|?|]",
        f"[Name|Give me|Show|What is] the {FILE} [of|with] my [last|latest|most recent|newest] {CHANGE}.",
        f"[last|latest|most recent] {FILE}?",
        f"My [last|latest|newest] {CHANGE} [is|was] in which {FILE}?",
        "[Where|In which file] [am I|was I|have I been working|did I leave off]?",
        f"[How|What] is the {FILE} called [that|which] I [changed|edited|worked on|was in] {LAST}?",
        f"The {FILE} [that I changed|I edited|I worked on] {LAST} is which one?",
        f"What {FILE} [was|is] it [that I changed|that I edited|I was editing|that I worked on] {LAST}?",
        f"[Which|What] {FILE} [got|received|contains|has] my [last|latest|newest] {CHANGE}?",
    ],
    "change_before": [
        f"[What|Which] [was|is] the {CHANGE} [before the last|before that|before this one|one before|before the latest one]?",
        f"[What|Which part|Which function] did I {CHANGED} [before that|before the last one|before this|one step earlier|the time before]?",
        f"[And|So|Now] [what about|what was] [the one before|the {CHANGE} before|the previous one|the one earlier]?",
        f"{TELL} [the {CHANGE} before the last|what I changed before that|my second to last {CHANGE}|the previous {CHANGE}][.|?|]",
        f"[Name|Give me|Show|Describe] [my|the] [second to last|previous|next to last|second last|earlier] {CHANGE}.",
        "[the previous change|the edit before|second to last change|the one before the last][?|]",
        "What did I [do|change|edit] [earlier than that|before my last change|before my last edit|previously]?",
        "[Which|What] [edit|change] [preceded|came before|was before] [it|that|that one|the last one]?",
        "What [had|have] I [edited|modified|done|updated|touched] [before that|before this|earlier|just before that|ahead of that]?",
        "[And|So] [which|what] [change|modification|update] [was|came] [before|ahead of|earlier than] [it|that|this one]?",
        "[Before|Previous to|Ahead of] [that|this|the last one|my last change], what did I [change|edit|do|touch]?",
        "And [one step|one edit|one change] [further back|earlier|before that]?",
    ],
    "value": [
        "What is [the|the present|the new|the latest] value of {x}?",
        "[What|Which value|Which number] [did I assign to|have I assigned to|did I put into|have I given|did I give to|did I choose for] {x}?",
        f"{TELL} [what {{x}} is|the value of {{x}}|what {{x}} is set to|what {{x}} holds|what I set {{x}} to|how much {{x}} is][.|?|]",
        "[What|Which value] does {x} [have|hold|contain|carry|get|stand for|evaluate to|store]?",
        "[Show|Print|Name|Look up|Find|Get|Read] [the value of {x}|what {x} is|{x}].",
        "What is {x} [now|right now|at the moment|set to|currently|these days|worth]?",
        "[And what is|So what is|And] {x}?",
        "{x} [is set to what|has which value|is how much|holds what|stands at what]?",
        "{x} [equals|is now|has] [what|which value|how much]?",
        "[How high|How big|How much|How many] is {x}[?| now?]",
        "[What|Which value] [is|sits|stands] [in|behind] {x}?",
    ],
    "value_in_file": [
        "[What is|What's|Name|Tell me|Give me|Show me|Say|Look up] the [value|current value|new value|present value] of {x} in {p}[?|.]",
        "[What|Which value] [did I set {x} to|does {x} have|does {x} hold|is {x} set to|have I given {x}] in {p}?",
        "[In|Inside|Within] {p}, [what is {x}|what is the value of {x}|what value has {x}|what does {x} hold]?",
        "What is {x} in {p}[?| now?| set to?]",
        f"{TELL} [what {{x}} is in {{p}}|the value of {{x}} in {{p}}|what {{x}} in {{p}} is set to][.|?|]",
        "[value of {x} in {p}|{x} in {p}][?|]",
        "[Inside|Within|In] [the file|file|] {p}, [which value does {x} have|what value does {x} hold|{x} is what]?",
        "{x} [of|from|inside] {p} [is what|holds what|has what value]?",
    ],
    "old_value": [
        "What [was|is] the [old|previous|former|earlier|original|prior] value of {x}[?| again?]",
        "What [was|had] {x} [before|earlier|before that|before the change|previously|before my edit|originally|until I changed it]?",
        "[Which|What] value did {x} [have before|have earlier on|hold before|have previously|start with|lose|have originally]?",
        f"{TELL} [what {{x}} was before|the old value of {{x}}|what {{x}} used to be|the value of {{x}} before my change|what {{x}} had been][.|?|]",
        "[From what|From which value] did I [change|edit|update|move|take] {x}?",
        "What did {x} [use to be|hold before|have before|say before my edit|equal before]?",
        "[Show|Name|Give me|Look up] [the former value of {x}|what {x} was before|the old {x}|the value that {x} had before].",
        "[previous value of {x}|old {x}|{x} before][?|]",
        "[Before|Prior to|Until] [my change|the change|my last edit], [what was {x}|what value did {x} have|{x} had which value]?",
        "What [had|was] {x} [been set to|set to|been] [before|earlier|previously|at first]?",
    ],
    "where": [
        "[Where|In which file|In what file|In which module] [is|was|do I find|did I write|did I put|can I see|do we keep] {x}[?| defined?|]",
        "[Which|What] [file|module|source file] [has|holds|contains|defines|declares|includes|is the home of] {x}?",
        f"{TELL} [where {{x}} is|which file has {{x}}|in which file {{x}} is|where to find {{x}}|where {{x}} lives][.|?|]",
        "[Find|Locate|Search for|Look up|Show me] [{x}|the file of {x}|the place of {x}|the definition of {x}].",
        "[I am looking for|I need|I search] {x}[.|, which file is it in?|, where is it?]",
        "Where [does {x} live|does {x} stand|is the code of {x}|does {x} come from|is {x} kept|has {x} gone]?",
        "{x} [is where|lives where|is defined where|belongs to which file|comes from which file]?",
        "[path of {x}|file of {x}|where {x}][?|]",
        "[In|At] [what|which] [spot|location|path] [is|was|do I find] {x}[?| defined?| written?| kept?]",
        "[Where exactly|Where in the code|Where in the project] [is|do I find|did I put] {x}?",
        "[Where|In which file] [can|could|may] [one find|I see|I look up|I get] {x}?",
    ],
    "function_in_file": [
        f"[What|Which function|Which symbol|Which method|Which part] did I {CHANGED} in {{p}}[?| last?| most recently?]",
        f"[What|Which function] have I [changed|edited|modified|updated|worked on] in {{p}}?",
        f"{TELL} [what I changed in {{p}}|what I edited in {{p}}|my last {CHANGE} in {{p}}|what I did in {{p}}][.|?|]",
        f"[Name|Give me|Show|Describe] [my {CHANGE} in {{p}}|what I changed in {{p}}|the function I changed in {{p}}|the last {CHANGE} of {{p}}].",
        "[In|Inside|Within] {p}, [what did I edit|what have I changed|which function did I change|what was my last change]?",
        "[What|Which function] [has changed|is changed|got edited|is new] in {p}?",
        "[Where|In which function] [of|in] {p} [did I edit|was I working|did I make a change]?",
        f"[last change in {{p}}|edit of {{p}}|what about {{p}}][?|]",
        f"[What part|Which piece|What section|Which portion] of {{p}} did I {CHANGED}?",
        f"Which [one of the|of the] [symbols|methods|names|parts] [in|of] {{p}} [did I {CHANGED}|have I changed|have I edited]?",
        "[What|Which part] [was|has been|got] [edited|modified|updated|touched|adjusted] [in|inside] {p}[?| by me?| last?]",
        f"{{p}}: what did I {CHANGED}?",
    ],
    "added_line": [
        f"[What|Which] {LINE} did I {ADDED} [last|just now|most recently|just|]?",
        f"[What|Which {LINE}] have I [added|inserted|written|put in|typed] {LAST}?",
        f"{TELL} [the {LINE} I added|which {LINE} I added|what I added|what I inserted|the last added {LINE}][.|?|]",
        f"[Show|Quote|Repeat|Print|Give me|Read me] the [{LINE} that I added|added {LINE}|new {LINE}|{LINE} I {WAS_ADDED}|last added {LINE}].",
        f"[What|Which {LINE}] [was|has been|got] {WAS_ADDED} [last|just now|most recently|by me|]?",
        f"What [is|was] the [last|latest|newest] {LINE} [I added|that I inserted|I wrote|that was {WAS_ADDED}]?",
        f"[added {LINE}|the new {LINE}|last added {LINE}|what was inserted][?|]",
        f"What did I [just add|add|insert|write|put in|type] [there|to the file|to the code|last]?",
        f"[Which|What] {LINE} [is new|came in|appeared|was new|has come in]?",
        f"What was the {LINE} [I added|that I wrote|that I typed|that I entered]?",
        "What is it that I [added|wrote|typed|inserted]?",
    ],
    "removed_line": [
        f"[What|Which] {LINE} did I {REMOVED} [last|just now|most recently|just|]?",
        f"[What|Which {LINE}] have I {WAS_REMOVED} {LAST}?",
        f"{TELL} [the {LINE} I removed|which {LINE} I removed|what I removed|what I deleted|the last removed {LINE}][.|?|]",
        f"[Show|Quote|Repeat|Print|Give me|Read me] the [{LINE} that I removed|removed {LINE}|deleted {LINE}|{LINE} I {WAS_REMOVED}|last removed {LINE}].",
        f"[What|Which {LINE}] [was|has been|got] {WAS_REMOVED} [last|just now|most recently|by me|]?",
        f"What [is|was] the [last|latest] {LINE} [I removed|that I deleted|I dropped|that was {WAS_REMOVED}]?",
        f"[removed {LINE}|the deleted {LINE}|last removed {LINE}|what was deleted][?|]",
        f"What did I [just remove|remove|delete|take out|cut|drop] [there|from the file|from the code|last]?",
        f"[Which|What] {LINE} [disappeared|vanished|is missing now|is no longer there|no longer exists|fell out|had to go]?",
        f"What was the {LINE} [I deleted|that I took out|that I dropped|that I removed|that is gone]?",
        "What is it that I [removed|deleted|took out|dropped]?",
    ],
    "name": [
        "[What|Which] name [did I choose|did I want|have I chosen|did I decide on|did I settle on|was it|did we take|did I ask for]?",
        "[What|How] [did I name it|did I call it|should I call it|did I want it called|do we call it|was it called|did we name it]?",
        f"{TELL} [the name I chose|what I wanted to call it|what it is called|the name|which name I took][.|?|]",
        "[What|Which] is [the chosen name|the name I wanted|its name|the name that I gave it|the agreed name]?",
        "[Say|Repeat|Give me|Show] the name [again|that I chose|that I wanted|we agreed on].",
        "[What|Which name] did I [say it is called|want to name it|decide on for it|want to give it]?",
        "[Under|By] what name [do we know it|does it go|did I want it]?",
    ],
    "fact": [
        "[What|Which {n}] did I [say|mention|tell you|note|give] [the {n} is|as the {n}|about the {n}]?",
        "What [is|was] [the|our|my] {n}[?| now?| we use?| that I told you?]",
        f"{TELL} [the {{n}}|our {{n}}|what the {{n}} is|what I said about the {{n}}|which {{n}} we use][.|?|]",
        "[Which|What] {n} [do we have|do we use|is set|did I set|have I told you|am I using|is it]?",
        "[Repeat|Name|Show|Give me|Look up] [the {n}|our {n}].",
        "[And|So] [what is the {n}|the {n}|our {n}]?",
        "[Could|Can|Would] you [repeat|say|name|give me] [the|our] {n} [again|once more|please]?",
        "The {n}, what [is|was] it?",
        "[Which|What] was [the|our] {n}[?|, do you remember?]",
    ],
    "parameters": [
        "[What|Which] [parameters|arguments|inputs|params|args] does {x} [take|have|expect|need|accept|want|get]?",
        "[What|Which] are the [parameters|arguments|inputs|args] of {x}?",
        f"{TELL} [the parameters of {{x}}|what {{x}} takes|which arguments {{x}} takes|the arguments of {{x}}|how to call {{x}}][.|?|]",
        "[Name|Give me|Show|List|Look up] the [parameters|arguments|signature|parameter list|inputs] of {x}.",
        "What [do I pass to|must I pass to|should I give|goes into|do I hand to|is passed to] {x}?",
        "[arguments of {x}|signature of {x}|params of {x}|{x} takes what][?|]",
        "[With what|With which arguments|How] [do I call|must I call|is it right to call] {x}?",
        "What [must be given|is given|can be handed|is to be handed] to {x}?",
        "{x} [takes|expects|needs|wants] [what|which arguments|which parameters]?",
    ],
    "doc": [
        "[What|How] [does the comment of {x} say|does the comment above {x} say|is {x} documented|does the doc of {x} say]?",
        "[What|Which sentence] [is written above {x}|is in the comment of {x}|describes {x}|does the documentation of {x} say]?",
        f"{TELL} [what {{x}} does|what {{x}} is for|what the comment of {{x}} says|the comment of {{x}}][.|?|]",
        "[Quote|Read|Show|Give me|Repeat] the [comment|doc comment|documentation|description] of {x}.",
        "What is [the purpose of {x}|the task of {x}|{x} meant for|the use of {x}|the point of {x}]?",
        "[comment of {x}|doc of {x}|purpose of {x}][?|]",
    ],
    "functions": [
        "[What|Which functions|Which symbols|Which names|Which classes] [is in|are in|are defined in|does one find in|stand in|are there in] {p}?",
        "[What|Which symbols] does {p} [have|contain|define|export|hold|offer|consist of|include]?",
        f"{TELL} [what is in {{p}}|the functions of {{p}}|the symbols of {{p}}|what {{p}} contains|the outline of {{p}}][.|?|]",
        "[List|Name|Show|Give me|Print] the [functions|symbols|names|contents|outline|definitions] [of|in] {p}.",
        "[outline of {p}|symbols of {p}|contents of {p}|functions in {p}][?|]",
        "[What|Which things|Which symbols] [can I find|can I see|exist|do we have|do I see] in {p}?",
        "[Which|What] [symbols|functions|definitions] [belong to|live in|come from] {p}?",
        "[Outline|Inventory of|Overview of] {p}.",
        "{p} [contains what|has what in it|defines which symbols|has which functions]?",
    ],
    "extends": [
        "[What|Which class] [does {x} extend|does {x} inherit from|does {x} derive from|is {x} based on|is above {x}|does {x} come from]?",
        "[What|Which class] is the [base class|superclass|parent|parent class|base|super class] of {x}?",
        f"{TELL} [what {{x}} extends|the base class of {{x}}|the parent of {{x}}|what {{x}} inherits from][.|?|]",
        "[Name|Give me|Show|Look up] the [base class|superclass|parent class|base] of {x}.",
        "[superclass of {x}|parent of {x}|base of {x}|{x} extends what][?|]",
        "[On|From] [what|which class] is {x} [built|derived|based|modelled]?",
        "{x} [extends|inherits from|derives from|is based on] [what|which class]?",
    ],
}


def expand(rng: random.Random, pattern: str) -> str:
    """The pattern with one choice taken in each pair of brackets, the innermost first."""
    while "[" in pattern:
        pattern = CHOICE.sub(lambda m: rng.choice(m.group(1).split("|")), pattern)
    return re.sub(r" +(?=[?.])", "", re.sub(r"  +", " ", pattern)).strip()


def plain(text: str) -> str:
    """For comparing wordings: letters and fields alone."""
    return re.sub(r"[^a-z{}]+", " ", text.lower()).strip()


def phrase(rng: random.Random, kind: str, listed: list, heldout: list) -> str:
    """A wording of the kind, one of those listed or of the patterns, and none that is held out."""
    forbidden = {plain(text) for text in heldout}
    while True:
        text = rng.choice(listed) if kind not in PATTERNS or rng.random() < 0.4 else expand(rng, rng.choice(PATTERNS[kind]))
        if plain(text) not in forbidden:
            return text
