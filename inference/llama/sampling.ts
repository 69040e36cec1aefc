/** How the next token is drawn. */
export interface Sampling {
  /** 0: always the likeliest token. */
  readonly temperature: number;
  readonly topK?: number;
  readonly topP?: number;
  readonly minP?: number;
  readonly seed?: number;
  /** Tokens that are made less likely, asked for before each one: by so many nats for each time in the list (llama.cpp's frequency penalty). */
  readonly penalty?: { readonly nats: number; readonly tokens: () => readonly number[] };
  /** Whether each token comes with its probability; it costs a pass over the vocabulary. */
  readonly probabilities?: boolean;
  /** Asked before each token: the only ones that may come, none of them an end; undefined for any. Probabilities are shares among them. */
  readonly among?: () => readonly number[] | undefined;
}

/** One sampled token, not evaluated yet. */
export interface Sampled {
  readonly token: number;
  /** 0 to 1; 1 where probabilities were not asked for. */
  readonly probability: number;
  /** The model says that it has finished. */
  readonly endOfGeneration: boolean;
}
