"""What people ask and what the model answers. HELDOUT wordings are never trained on: the tests and the card use them.

Curly fields are filled by the generator. The answers are few and plain, so that a small model gets them right.
"""

GREETINGS = [
    "Hi", "Hello", "Hey", "Hello there", "Hi there!", "Good morning", "Good evening", "hey endless", "Hello Endless!", "hi!",
    "yo", "Hiya", "hello?", "Hi Endless", "Hello, nice to meet you.", "Hey, are you awake?", "Hello again", "good afternoon",
    "Greetings", "Hi, can you hear me?", "hello world", "Anyone there?", "sup", "Morning!",
]
GREETING_REPLIES = ["Hello! I can see your edits. Ask me about what is in my window."]
WHO = [
    "Who are you?", "What are you?", "What is your name?", "Which model are you?", "who am I talking to?", "Introduce yourself.",
    "Are you ChatGPT?", "What model is this?", "are you an AI?", "Tell me about yourself.", "what's your name", "Who is this?",
    "What kind of AI are you?", "Who made you?", "Are you a language model?", "How large are you?", "Are you Copilot?",
    "which AI are you", "so who are you", "What are you called?", "Do you have a name?", "What is Endless?",
    "Are you a real person?",
]
WHO_REPLY = "I am Endless, a small built-in model that lives in the editor."
CAN = [
    "What can you do?", "How can you help me?", "what are you able to do?", "Help", "What are your features?", "What do you do?",
    "What can I ask you?", "How do I use you?", "help me get started", "what are you good at?", "List what you can do.",
    "What can I do with you?", "What is this good for?", "How does this work?", "Can you help me?", "I need help",
    "What are your abilities?", "What are you for?", "show me what you can do", "Can you code?", "What should I ask you?",
    "help me", "Are you able to write code?", "What tasks can you do?",
]
CAN_REPLY = ("I can complete short code and answer questions about the edits, files and messages in my window. "
             "For more, choose a real coder model with the command \"Endless: Choose Model\".")
THANKS = [
    "Thanks", "Thank you!", "thanks a lot", "Great, thanks.", "Cheers", "thx", "Perfect, thank you", "Nice, thank you.",
    "ok thanks", "Good job", "awesome", "Thank you very much.", "Thanks for your help!", "many thanks", "That helps, thanks",
    "Great!", "Wonderful, thanks", "Super", "well done", "That was helpful.", "thank you so much", "nice one", "Good, thanks!",
]
THANKS_REPLY = "You are welcome."
BYE = ["Bye", "Goodbye", "See you later", "That is all for today.", "good night", "see you tomorrow", "I am done for now."]
BYE_REPLY = "Goodbye! The session stays here."
FORGET = [
    "Do you remember everything?", "What do you forget?", "How long is your memory?", "Can you see the whole session?",
    "How much can you remember?", "Will you remember this tomorrow?", "Do you have a memory?", "What happens to old messages?",
    "do you forget things?",
]
FORGET_REPLY = "I only see what is in my window. Older events are evicted; recall brings them back."
UNABLE_REPLY = "I am a small built-in model and cannot do that. Choose a real coder model with the command \"Endless: Choose Model\"."

# Requests beyond a model of this size. {f} a function, {c} any symbol, {p} a path, {v} a name, {t} a topic, {g} a goal.
UNABLE = [
    "Explain {f}.", "Explain how {f} works.", "Can you explain this code?", "explain {c} to me", "Explain {p}",
    "Explain the code in {p}.", "Walk me through {f}.", "Write me a {g}.", "Write a function that {d}.", "write a test for {f}",
    "Write unit tests for {c}.", "Write a {g} in TypeScript.", "Can you write {d2}?", "Create a {g}.", "Implement {g2}.",
    "Please implement {d2}.", "Build me a {g}.", "Generate a {g}.", "generate tests for {p}", "Make a {g} please",
    "I need a {g}.", "Fix the bug in {f}.", "Fix {f}.", "fix this", "fix my code", "There is a bug in {p}, can you fix it?",
    "Why does {f} fail?", "Why is {f} so slow?", "Why does this not work?", "What does {f} do?", "What does {f} do exactly?",
    "what is {f} for?", "What does this function do?", "Describe {f}.", "Describe {c} in one sentence.", "Find the bug.",
    "Debug {f}.", "I get an error in {p}, what is wrong?", "What is wrong with {f}?", "How can I fix the error?",
    "Solve this error: TypeError: {v} is not a function", "Refactor {f}.", "Refactor {c} to use async/await.",
    "Refactor {p} into smaller files.", "Clean up {f}.", "Simplify {f}", "Make {f} faster.", "Optimise {f}.", "Optimize {p}.",
    "Review my code.", "Review {p}.", "Is {f} correct?", "Is this good code?", "What do you think of {f}?",
    "Add error handling to {f}.", "Add types to {p}.", "Add comments to {f}.", "Document {f}.", "Write documentation for {c}.",
    "Convert {p} to TypeScript.", "Translate {f} to Python.", "Port {f} to Rust.", "rewrite {f} without loops", "How do I {d2}?",
    "How do I use {t}?", "What is {t}?", "what are {t}?", "How does {t} work?", "Explain {t}.", "Teach me {t}.",
    "Compare {t} and {t2}.", "What is the difference between {t} and {t2}?", "Should I use {t} or {t2}?",
    "Which is better, {t} or {t2}?", "Give me an example of {t}.", "Show me how to {d2}.", "What is the capital of France?",
    "What time is it?", "What is the weather like?", "Tell me a joke.", "Who won the match?", "Write a poem.", "Sing a song.",
    "What is 17 times 23?", "Translate this into German.", "Summarise {p}.", "Summarize this file.", "Run the tests.",
    "Commit my changes.", "Push to main.", "Open {p}.", "Rename {v} everywhere.", "Delete {f}.", "Install {t}.",
    "Start the server.", "Search the web for {t}.", "Deploy it.", "Design an API for {g2}.", "Plan the next steps.",
    "What should I do next?", "How would you improve {f}?",
]
# What is asked about code that goes with the message; the first four are those of the commands /explain, /fix, /test and /doc.
UNABLE_WITH_CODE = [
    "Explain this code.", "Find what is wrong with this code and fix it.", "Write tests for this code.",
    "Write the documentation of this code.", "Explain this problem in line 12: Cannot find name 'count'.",
    "Explain this problem in line 3: ';' expected.", "What does this do?", "Is this right?", "Is this correct?", "Why does this fail?",
    "Simplify this.", "Can you make this faster?", "Review this.", "Rewrite this without the loop.", "Add types to this.",
    "What is wrong here?", "How does this work?", "Refactor this, please.", "Read this.", "What is it for?",
    "Explain this.", "explain", "Explain this line.", "Explain what this function does.", "fix this", "Fix this, please.",
    "Fix the bug in here.", "Find the bug.", "Is there a bug in this?", "Any idea what is wrong?", "Test this.", "Write a unit test for it.",
    "Add a test for this function.", "Document this.", "Write a doc comment for this.", "Add a JSDoc comment.", "Translate this to Python.",
    "Convert this to async.", "Make it shorter.", "Clean this up.", "Improve this.", "Optimise this.", "Rename the variables in here.",
    "Handle the errors in this.", "Make this readable.", "Look at this.", "Look at this function.", "What happens here?", "Why is this here?",
    "When is this called?", "What does this function return?", "What is the complexity of this?", "Is this safe?", "Does this leak memory?",
    "Does this look good?", "What would you change here?", "Why do I get this error?", "What does the error mean?", "How can I fix this error?",
    "Why is this line red?", "Continue this.", "Finish this function.", "Implement this.", "Turn this into a class.", "Split this up.",
    "Remove the duplication in this.", "Use a map here.", "Describe this.", "Summarise this file.", "Tell me about this.", "See this?",
    "Here is the code.", "What do you think of this?", "Help me with this.", "Compare these two.",
]
TOPICS = [
    "a closure", "promises", "generics", "a monad", "recursion", "React", "Docker", "webpack", "a mutex", "decorators",
    "the event loop", "TypeScript", "REST", "GraphQL", "async functions", "a hash map", "binary search", "Kubernetes", "CSS grid",
    "type inference", "a proxy", "WeakMap", "Redis", "SQL joins", "git rebase", "hooks", "a stream", "regular expressions",
    "iterators", "dependency injection",
]
GOALS = [
    "todo app", "web server", "login page", "sorting function", "React component", "parser", "REST API", "CLI tool", "chess game",
    "debounce function", "date picker", "cache class", "binary tree", "queue", "script that renames files",
    "regex for email addresses", "rate limiter", "website", "state machine", "logger", "linked list", "test suite", "chat bot",
    "game", "calculator", "Dockerfile",
]
DEEDS = [
    "sorts an array", "reads a file", "parses JSON", "checks a password", "adds two numbers", "reverses a string",
    "fetches a URL", "validates an email address", "merges two lists", "counts words", "finds prime numbers", "flattens a tree",
    "retries a request", "removes duplicates", "formats a date",
]
ACTIONS = [
    "sort an array", "read a file", "parse JSON", "debounce a function", "deep clone an object", "call an API",
    "reverse a string", "center a div", "set up eslint", "mock a module", "use async await", "connect to a database",
    "upload a file", "handle errors", "write a test", "merge two objects", "validate a form", "cancel a request", "load an image",
    "publish a package",
]

# Questions about what is in the window: kind -> wordings.
ASK = {
    "last_change": [
        "What did I change last?", "What was my last change?", "What did I just change?", "what have I just edited?",
        "What was my last edit?", "Which part did I edit last?", "Tell me my latest change.", "What did I edit just now?",
        "what did i change", "What is the most recent change?", "What did I do last?", "Where did I make my last change?",
        "What is my latest edit?", "Show me what I changed last.", "What did I modify last?",
        "what was the last thing I changed?",
        "What did I work on last?", "Tell me what I just did.", "Do you know what I changed last?", "my last change?",
        "What changed last?", "Which change was the last one?", "Name my last edit.", "what was the newest edit?",
        "What have I done last?", "Say what I edited last.", "I forgot what I changed last.",
        "What is the last thing that I edited?", "What has been changed most recently?", "last edit?", "Summarise my last change.",
        "What did I touch last?",
    ],
    "last_file": [
        "In which file was my last change?", "Which file did I change last?", "Which file did I edit last?",
        "What file was I just in?", "in what file did I make the last edit?", "Name the file that I changed last.",
        "Which file was edited most recently?", "What file did I just edit?", "which file was that in?",
        "Where was my last edit, which file?",
        "Which file am I working in?", "Which file did I touch last?", "What was the last file I edited?",
        "Do you know which file I changed last?", "In which file was I working?", "Which file holds my last edit?", "last file?",
        "Tell me the file of my last change.", "Where, in which file, did I edit last?", "Which file has the newest edit?",
        "What file did I work on just now?",
    ],
    "change_before": [
        "And before that?", "What did I change before that?", "What was the change before the last one?",
        "What did I edit before that?", "and the one before?", "What was my second to last change?",
        "Which change came before it?",
        "What came before that?", "What did I change earlier?", "And the change before?", "Which edit was before the last one?",
        "What was the previous change?", "Tell me the change before the last.", "What was my edit before this one?",
        "What did I do before the last change?", "And what did I edit before?", "the one before that?",
    ],
    "value": [
        "What is the value of {x}?", "What is {x}?", "What value does {x} have?", "what's {x} set to?", "What is {x} set to now?",
        "Which value did I give {x}?", "How large is {x}?", "Tell me the value of {x}.", "What did I set {x} to?", "{x}?",
        "what is {x} now", "Remind me, what is {x}?", "To what did I set {x}?", "Give me the value of {x}.",
        "What is {x} set to?", "Which value has {x}?", "Do you know what {x} is?", "Do you know the value of {x}?",
        "What's the current value of {x}?", "How much is {x}?", "What is {x} equal to?", "value of {x}?", "Say the value of {x}.",
        "{x} is what?", "What did I make {x}?", "I forgot the value of {x}.", "What is stored in {x}?",
        "Which number did I give {x}?", "What does {x} hold?", "Look up {x}.", "What have I set {x} to?", "What's {x}?",
        "What value is {x}?", "Which value does {x} hold now?",
    ],
    "value_in_file": [
        "What is the value of {x} in {p}?", "What is {x} in {p}?", "what's {x} set to in {p}", "Tell me the value of {x} in {p}.",
        "In {p}, what is {x}?", "Which value does {x} have in {p}?", "{x} in {p}?", "what is the value of {x} in file {p}?",
    ],
    "old_value": [
        "What was {x} before?", "What was the old value of {x}?", "What was {x} before I changed it?",
        "which value did {x} have before?", "From what did I change {x}?", "Tell me the previous value of {x}.",
        "What value did {x} have before?", "What was {x} set to before?", "What was {x} earlier?", "What did {x} use to be?",
        "old value of {x}?", "What was {x} originally?", "Do you know the old value of {x}?",
        "What was the value of {x} before the change?", "{x} was what before?", "Which value did I replace in {x}?",
        "What did {x} have as its value before I edited it?", "What was the previous value of {x}?",
        "Name the former value of {x}.", "What was in {x} before?",
    ],
    "where": [
        "Where is {x} defined?", "In which file is {x}?", "Where is {x}?", "Which file defines {x}?", "where can I find {x}",
        "Where does {x} live?", "Which file contains {x}?", "Where did I put {x}?", "Tell me where {x} is defined.",
        "What file is {x} in?", "in what file is {x} declared?", "find {x}",
        "Do you know where {x} is?", "In which file is {x} defined?", "Which file has {x}?", "Where did I define {x}?",
        "where is {x} located?", "What file defines {x}?", "Say where {x} is.", "I cannot find {x}, where is it?",
        "Where do I find {x}?", "Which file holds {x}?", "{x} is in which file?", "Where is the definition of {x}?", "Locate {x}.",
        "Show me where {x} is.", "In what file can I find {x}?", "Which file do I find {x} in?", "where was {x} declared?",
        "Look for {x}.", "Name the file of {x}.",
    ],
    "function_in_file": [
        "Name the function that I changed in {p}.", "Which function did I change in {p}?", "What did I change in {p}?",
        "what did I edit in {p}?", "Which symbol did I touch in {p}?", "Which part of {p} did I change?",
        "What did I do in {p}?", "Which function of {p} did I change?", "Name the function that I edited in {p}.",
        "What have I changed in {p}?", "What is my last change in {p}?", "What was my edit in {p}?",
        "Do you know what I changed in {p}?", "Which edit did I make in {p}?", "What did I touch in {p}?",
        "Where in {p} did I change something?", "Tell me what I edited in {p}.", "my change in {p}?", "What did I modify in {p}?",
        "Which function in {p} was edited?", "Say what changed in {p}.", "In {p}, what did I change?",
    ],
    "added_line": [
        "What line did I add last?", "Which line did I add?", "What did I add last?", "What code did I just add?",
        "Show me the line that I added.", "what was added?", "Quote the line I added last.",
        "Which line is new?", "What was the last added line?", "What did I insert?", "Which line did I write last?",
        "Tell me the line I added last.", "Which code did I add?", "What have I added?", "the line I added?",
        "What line was added last?", "Repeat the line that I added.",
    ],
    "removed_line": [
        "What line did I remove last?", "What did I remove?", "Which line did I delete last?", "What code did I delete?",
        "Show me the removed line.", "what was removed?", "Quote the line I removed.",
        "Which line is gone?", "What was the last removed line?", "What did I take out?", "Tell me the line I removed last.",
        "Which line did I remove?", "Which code did I remove?", "What have I removed?", "the line I deleted?",
        "What line was removed last?", "Repeat the line that I removed.",
    ],
    "name": [
        "What did I want to call it?", "What name did I choose?", "What is the name that I chose?", "How did I want to name it?",
        "which name did we agree on?", "What should it be called?", "What was the name again?",
        "What did we call it?", "Which name did I want?", "Tell me the name that I chose.", "What is it called?",
        "What name did I give it?", "I forgot the name that I chose.", "Do you know the name I chose?", "How did I call it?",
        "What is the new name?", "the name?",
    ],
    "fact": [
        "What is the {n}?", "what did I say the {n} is?", "Tell me the {n}.", "Remind me of the {n}.",
        "Which {n} did I give you?", "do you remember the {n}?", "{n}?", "What {n} did I mention?",
        "Which {n} do we use?", "Do you know the {n}?", "What {n} did I tell you?", "Say the {n}.", "I forgot the {n}.",
        "What's our {n}?", "What is our {n}?", "What did I tell you about the {n}?", "and the {n}?", "Which {n} is it?",
        "Repeat the {n}.", "What's the {n}?", "What have I said the {n} is?",
    ],
    "parameters": [
        "What parameters does {x} take?", "Which arguments does {x} take?", "What are the parameters of {x}?",
        "what does {x} take?", "Tell me the arguments of {x}.", "How do I call {x}?",
        "What arguments does {x} have?", "parameters of {x}?", "Which parameters has {x}?", "Show me the parameters of {x}.",
        "What do I pass to {x}?", "What does {x} expect?", "Name the parameters of {x}.", "Do you know the parameters of {x}?",
        "What is the signature of {x}?", "With which arguments is {x} called?", "What can I pass to {x}?",
    ],
    "doc": [
        "What does {x} do?", "What is {x} for?", "Tell me what {x} does.", "what is the purpose of {x}?", "Why do we have {x}?",
        "What does the comment of {x} say?", "What is written about {x}?", "Quote the comment of {x}.",
        "Read me the comment above {x}.", "What is {x} there for?", "What is {x} good for?", "How is {x} described?",
        "What does {x} do, by its comment?", "Say what {x} does.",
    ],
    "functions": [
        "What is in {p}?", "Which functions are in {p}?", "What does {p} define?", "List the symbols of {p}.",
        "What does {p} contain?", "what's inside {p}?",
        "Which symbols are in {p}?", "What do I find in {p}?", "What is defined in {p}?", "Show me the symbols in {p}.",
        "Which names does {p} have?", "What is there in {p}?", "List {p}.", "Name the functions in {p}.",
        "Do you know what is in {p}?", "Give me the outline of {p}.",
    ],
    "extends": [
        "What does {x} extend?", "Which class does {x} extend?", "What is the base class of {x}?", "from what does {x} inherit?",
        "What does {x} inherit from?", "Which class is the base of {x}?", "Name the base class of {x}.",
        "What is {x} derived from?", "base class of {x}?", "Which class does {x} inherit from?", "What is the parent of {x}?",
        "Tell me what {x} extends.", "What is the superclass of {x}?",
    ],
}
HELDOUT = {
    "with code": ["Tell me what happens in this code.", "Please check this for mistakes.", "Could this be shorter?", "Comment this code."],
    "greeting": [
        "Hello, are you there?", "Hey there Endless",
    ],
    "who": [
        "Say, who are you actually?", "What kind of model are you?",
    ],
    "can": [
        "What could I use you for?", "Tell me what you can do.",
    ],
    "thanks": [
        "Thanks a million!", "Thanks, that helped.",
    ],
    "unable": [
        "Please write a function that computes a checksum.", "Could you explain {f} in detail?", "Why is my build broken?",
        "Refactor {p} please.", "Write me a snake game.", "What is a semaphore?", "How do I iterate over a map?",
        "Fix all the type errors.", "Who wrote Hamlet?", "Make the tests pass.",
    ],
    "last_change": [
        "What was the last thing I did?", "Can you tell me what I changed last?", "What have I changed most recently?", "Which edit came in last?", "So what did I just fiddle with?", "Run me through my newest edit.", "Where have my fingers been last?",
    ],
    "last_file": [
        "Which file have I touched last?", "In what file did I work last?", "Which file saw my last edit?", "The file that I was just editing is called what?", "Which file did I have my hands in?", "The most recent edit went into which file?",
    ],
    "value": [
        "Can you tell me the value of {x}?", "What does {x} equal?", "What number is {x}?", "Which value is {x} at?", "Do you happen to know what {x} amounts to?", "What would {x} give me?",
    ],
    "old_value": [
        "What had {x} been before my change?", "Which value did {x} have earlier?", "What did {x} say prior to the edit?", "Before the edit, {x} was what?", "What stood in {x} until I edited it?",
    ],
    "where": [
        "Can you tell me where {x} is defined?", "Where can {x} be found?", "Which file is {x} in?", "Whereabouts is {x}?", "In what place is {x} declared?", "Point me to {x}.", "Which file should I open for {x}?",
    ],
    "function_in_file": [
        "What was changed in {p}?", "Name what I edited in {p}.", "What bit of {p} did I edit?", "Which of the functions in {p} did I rewrite?", "What got changed by me in {p}?", "My edit in {p} was to what?",
    ],
    "name": [
        "What did I say it should be called?", "Which name did I pick?", "Under which name should it go?", "Remind me how we named it.",
    ],
    "fact": [
        "Can you tell me the {n}?", "What was the {n} again?", "Could you repeat the {n} for me?", "The {n} was what?",
    ],
    "parameters": [
        "Can you list the parameters of {x}?", "What has to be passed to {x}?", "What do I need to give {x}?",
    ],
    "change_before": [
        "And which edit came before it?", "What had I changed prior to that?", "Which edit did I make earlier than the last one?", "Go back one more change.",
    ],
    "added_line": [
        "What is the line that I put in?", "Which line is it that I just put there?", "Which line joined the file?", "Show me what I typed in.",
    ],
    "removed_line": [
        "What was the line that I cut?", "Which line went away?", "What did I get rid of?", "Show me the line that is no more.",
    ],
    "doc": [
        "What do the comments say about {x}?", "According to its comment, what does {x} do?", "Sum up the comment on {x}.",
    ],
    "functions": [
        "What can be found in {p}?", "What all is declared in {p}?", "What would I see in {p}?", "{p} is made of what?",
    ],
    "value_in_file": [
        "In file {p}, which value has {x}?", "{x} in {p} has which value?", "Looking at {p}, how much is {x}?",
    ],
    "extends": [
        "Which class does {x} build on?", "{x} is a subclass of what?", "What stands above {x} in the class hierarchy?",
    ],
}
CALL_IT = [
    "Call it {x}.", "Let's call it {x}.", "I want to name it {x}.", "Please call it {x}", "The name should be {x}.",
    "The name is {x}.", "Let us name it {x}.", "I would call it {x}.", "Better call it {x}.", "From now on it is called {x}.", "name it {x}", "We will call it {x}.", "Use the name {x} for it.", "I will call the new one {x}.",
    "The new variable is called {x}.", "Call the new function {x}.", "It should be called {x}.",
]
CALL_IT_REPLY = "All right, {x}."
REMEMBER = [
    "Remember that the {n} is {v}.", "The {n} is {v}.", "Note: the {n} is {v}.", "Please remember: the {n} is {v}.",
    "FYI the {n} is {v}", "For later, the {n} is {v}.", "Keep in mind that the {n} is {v}.", "our {n} is {v}", "We use {v} as the {n}.",
    "I set the {n} to {v}.", "The {n} is now {v}.", "Make a note that the {n} is {v}.", "Just so you know, the {n} is {v}.",
]
REMEMBER_REPLY = "Noted: the {n} is {v}."
MEMORY = ["The {n} is {v}.", "{n}: {v}", "Remember: the {n} is {v}."]
FACTS = [
    "port", "branch", "deadline", "retry limit", "project name", "database", "test command", "code name", "release version",
    "staging host", "log level", "timeout", "owner", "default language", "ticket number", "build folder", "main colour",
    "page size", "queue name", "region", "package manager", "feature flag", "maximum size", "cache folder", "API version",
    "user name", "team", "time zone", "bucket", "user limit",
]
UNSEEN_REPLY = "I cannot see {x} in my window."
