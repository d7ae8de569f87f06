/** Something a methodical mind would pull. */
export interface Lever {
  /** A noun phrase without a verb that agrees with it: "delivery hours". */
  what: string;
  /** A clause that can follow "because". */
  why: string;
  /** An infinitive without "to", also readable as an imperative. */
  step: string;
  /** What a chaotic mind makes of it: a noun phrase with its article. */
  twist: string;
}

/** Something a chaotic mind would propose. */
export interface Proposal {
  /** An imperative clause in lower case, without a full stop. */
  say: string;
  /** A short singular noun phrase that begins with "the". */
  name: string;
  /** What a methodical mind finds in it: a clause that can follow "because" or a colon. */
  sense: string;
}

/** What there is to say about one field of life. Every entry fits every frame of its slot. */
export interface Domain {
  name: string;
  /** Words, in the singular and lower case, that show that a conversation is about this. */
  cues: readonly string[];
  levers: readonly Lever[];
  proposals: readonly Proposal[];
  /** Clauses in the present tense that can follow "when" or "whether". */
  measures: readonly string[];
  /** Plural noun phrases. */
  people: readonly string[];
  /** Clauses that can follow "because" or a colon. */
  risks: readonly string[];
  questions: readonly string[];
  /** Clauses that turn the topic upside down. */
  inversions: readonly string[];
  /** Singular noun phrases with an indefinite article. */
  images: readonly string[];
  /** Sentences without a full stop, mostly in the conditional. */
  daydreams: readonly string[];
}
