/** Prices in US dollars per million tokens. */
export interface Rates {
  /** Input that was neither read from a cache nor written to one. */
  input: number;
  /** Output; absent for models that have none, such as embeddings. */
  output?: number;
  /** Input that was read from a cache. Default: `input`. */
  cacheRead?: number;
  /** Input that was written to a cache. Default: `input`. */
  cacheWrite?: number;
  /** Output that was reasoning, where it has a price of its own. Default: `output`. */
  reasoning?: number;
}

/** Rates that hold at some times only. */
export interface PricePeriod extends Rates {
  /** First day, UTC, as `2027-01-01`. */
  from?: string;
  /** Hours of the day in UTC, each from and until. */
  utcHours?: readonly (readonly [from: number, until: number])[];
  /** From Monday to Friday, UTC, only. */
  workdays?: true;
}

/** What a model costs and how much it can cost at most. */
export interface ModelPrice extends Rates {
  /** Other rates for the whole request when its input is longer than so many tokens. */
  longContext?: Rates & { aboveInputTokens: number };
  /** Other rates at some times; the first that holds. Not for long contexts. */
  periods?: readonly PricePeriod[];
  /** What a service tier multiplies the rates with. A tier that is not here has no known price. */
  serviceTiers?: Readonly<Record<string, number>>;
  /** The longest reply, in tokens: what a call without `max_tokens` may cost at most. */
  maxOutputTokens?: number;
  /** The longest input, in tokens: what a call with files elsewhere may cost at most. */
  maxInputTokens?: number;
}

/** A price of the table, with where it comes from. */
export interface ListedPrice extends ModelPrice {
  /** The vendor's page that says so. */
  source: string;
  /** Where it was read, if not on a stored copy of that page. */
  via?: string;
  /** When it was read, or when the one who passed it on had read it. */
  readOn: string;
}
