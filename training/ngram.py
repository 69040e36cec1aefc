"""A 5-gram model with copy: what a completion must at least beat. No weights, no training beyond counting.

It continues a line greedily: by the token that followed the longest stretch of the prompt which ends as the text does now
(the latest such place, three tokens at least), or by the most frequent successor of the last four, three, two tokens or one in the
training corpus. Of both the one that rests on the longer context wins; the copy, where they are equal.
"""
import numpy as np

ORDER = 5
SHORTEST_COPY = 3
LONGEST_COPY = 24
BITS = 12  # of a token id
LONGEST_LINE = 60  # tokens


class Counts:
    """Contexts of one length: for each the most frequent next token."""

    def __init__(self, tokens: np.ndarray, length: int):
        keys = np.zeros(len(tokens) - length, dtype=np.uint64)
        for offset in range(length + 1):
            keys = (keys << np.uint64(BITS)) | tokens[offset:len(tokens) - length + offset].astype(np.uint64)
        grams, counts = np.unique(keys, return_counts=True)
        contexts = grams >> np.uint64(BITS)
        order = np.lexsort((counts, contexts))  # of a context the most frequent last
        last = np.append(contexts[order][1:] != contexts[order][:-1], True)
        self.contexts, self.best = contexts[order][last], (grams[order][last] & np.uint64((1 << BITS) - 1)).astype(np.int64)

    def next(self, context: list) -> int:
        """The most frequent successor, or -1."""
        key = 0
        for token in context:
            key = key << BITS | int(token)
        at = int(np.searchsorted(self.contexts, np.uint64(key)))
        return int(self.best[at]) if at < len(self.contexts) and int(self.contexts[at]) == key else -1


class Ngram:
    """tokens: the training corpus as one sequence; ids below 4,096."""

    def __init__(self, tokens: np.ndarray):
        self.orders = {length: Counts(tokens, length) for length in range(1, ORDER)}

    @staticmethod
    def copy(tokens: list) -> tuple:
        """(next token, length of the stretch that matched); (-1, 0) if none is long enough."""
        best, longest, last = -1, SHORTEST_COPY - 1, len(tokens) - 1
        for at in range(last - 1, -1, -1):
            length = 0
            while length < LONGEST_COPY and at >= length and tokens[at - length] == tokens[last - length]:
                length += 1
            if length > longest:
                best, longest = tokens[at + 1], length
        return (best, longest) if best >= 0 else (-1, 0)

    def next(self, tokens: list) -> int:
        copied, length = self.copy(tokens)
        for order in range(ORDER - 1, 0, -1):
            if copied >= 0 and length >= order:
                return copied
            found = self.orders[order].next(tokens[-order:])
            if found >= 0:
                return found
        return -1

    def line(self, elsewhere: list, prefix: list, newline: int) -> list:
        """The rest of the line after the prefix; elsewhere: tokens that may be copied from (session, suffix)."""
        tokens, out = [*elsewhere, *prefix], []
        while len(out) < LONGEST_LINE:
            token = self.next(tokens)
            if token < 0 or token == newline:
                break
            out.append(token)
            tokens.append(token)
        return out
