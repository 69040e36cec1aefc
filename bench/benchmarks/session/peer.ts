/** What a peer without a session evaluates for a turn, in tokens. Three of them, from the plain to the thrifty. */
export interface PeerCost {
  /** Builds its prompt anew from the last tokens that fit, and evaluates all of it. */
  readonly plain: number;
  /** The same, but keeps the cache of what its prompt has in common with the one before at the front. */
  readonly keeping: number;
  /** Keeps its cache as well, and cuts its prompt to half when it is full, so that the front stays for a while. */
  readonly halving: number;
}

/** Counts what these peers evaluate for the same turns. */
export class Peers {
  readonly #promptSize: number;
  /** Tokens of the stream so far. */
  #streamed: number;
  /** Tokens that the halving peer holds. */
  #held: number;

  /** @param promptSize most tokens of a prompt. @param begin tokens before the first turn, evaluated already. */
  constructor(promptSize: number, begin: number) {
    this.#promptSize = promptSize;
    this.#streamed = this.#held = begin;
  }

  /** @param fresh tokens of the turn before the reply. @param reply tokens of the reply. */
  turn(fresh: number, reply: number): PeerCost {
    const size = this.#promptSize;
    this.#streamed += fresh;
    // Once it is full its front moves with every turn, and nothing is in common any more.
    const fits = this.#streamed <= size;
    const plain = Math.min(this.#streamed, size) + reply;
    const keeping = (fits ? fresh : size) + reply;
    const full = this.#held + fresh > size;
    const halved = Math.min(size, Math.max(size / 2, fresh));
    const halving = (full ? halved : fresh) + reply;
    this.#held = (full ? halved : this.#held + fresh) + reply;
    this.#streamed += reply;
    return { plain, keeping, halving };
  }
}
