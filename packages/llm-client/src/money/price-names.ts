/** Providers whose models are called `vendor/model` and cost what the vendor asks, and their names for the vendors. */
const GATEWAYS: ReadonlySet<string> = new Set(['openrouter', 'litellm']);
const VENDORS: ReadonlyMap<string, string> = new Map([
  ['openai', 'openai'],
  ['anthropic', 'anthropic'],
  ['google', 'gemini'],
  ['gemini', 'gemini'],
  ['deepseek', 'deepseek'],
  ['x-ai', 'xai'],
  ['xai', 'xai'],
  ['mistralai', 'mistral'],
  ['mistral', 'mistral'],
]);

/** `-2026-03-05`, `-20251001` and `@20251001`. Four digits are no date: Mistral's `-2411` is another model. */
const DATE = /[-@]20\d\d-?[01]\d-?[0-3]\d$/;

/** A provider's name for a model. */
export interface PriceName {
  provider: string;
  model: string;
}

/**
 * The names under which a model's price may stand, the surest first: its own, that without the date of a snapshot, and
 * those of the vendor behind a gateway. A fine-tuned model is `ft:` and its base, because it costs more than that.
 *
 * @see https://openrouter.ai/docs/faq on the prices of a gateway (stored copy, read 2026-11-22)
 */
export function priceNames(provider: string, model: string): PriceName[] {
  const own = model.replace(/^models\//, '');
  const models = new Set([model, own, own.replace(DATE, '')]);
  if (own.startsWith('ft:')) {
    const base = own.split(':', 2).join(':');
    models.add(base).add(base.replace(DATE, ''));
  }
  const names = [...models].map((name) => ({ provider, model: name }));
  return [...names, ...behindGateway(provider, own)];
}

function behindGateway(provider: string, model: string): PriceName[] {
  const slash = model.indexOf('/');
  const vendor = GATEWAYS.has(provider) && slash > 0 ? VENDORS.get(model.slice(0, slash)) : undefined;
  if (vendor === undefined) return [];
  const name = model.slice(slash + 1);
  // OpenRouter writes `claude-opus-4.5` for `claude-opus-4-5`.
  const spellings = vendor === 'anthropic' ? [name, name.replaceAll('.', '-')] : [name];
  return spellings.flatMap((spelling) => priceNames(vendor, spelling));
}
