import { vocabulary } from '../schema/vocabulary.ts';

/** What to scrub from everything that is written. */
export interface RedactOptions {
  /** Values that must never be written, such as the API keys in use; shorter than 6 characters are ignored. */
  secrets?: readonly string[];
  /** Patterns of your own, beside the built-in ones. */
  patterns?: readonly RegExp[];
}

/** What stands where a secret stood. */
export const REDACTED = '[REDACTED]';

// Shapes of credentials that vendors document or that field reports show in logs. Each is anchored by a
// literal prefix, so that ordinary prose and code do not match, and takes time linear in the text, because
// the text may be anybody's.
const builtIn: readonly RegExp[] = [
  /\b(?:sk|pk|rk)-[A-Za-z0-9_-]{16,}/, // OpenAI, Anthropic, OpenRouter, DeepSeek, Langfuse
  /\b(?:sk|rk|pk)_(?:live|test)_[A-Za-z0-9]{16,}/, // Stripe
  /\b(?:hf|r8)_[A-Za-z0-9]{30,}/, // Hugging Face, Replicate
  /\b(?:gsk|xai|tgp_v1|fw|csk|pplx)[_-][A-Za-z0-9_-]{20,}/, // Groq, xAI, Together, Fireworks, Cerebras, Perplexity
  /\bAIza[A-Za-z0-9_-]{35}/, // Google
  /\b(?:ghp|gho|ghs|ghu|ghr|github_pat)_[A-Za-z0-9_]{20,}/, // GitHub
  /\bxox[abeoprs]-[A-Za-z0-9-]{10,}/, // Slack
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/, // AWS
  /(?<![\w-])eyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]+/, // JWT
  /\b[Bb]earer\s+[A-Za-z0-9._~+/-]{16,}=*/, // Authorization header
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/, // PEM
];

// A password in a connection string: only what RFC 3986 allows there, because pages and JSON are full of "://". Apart
// from the others, because it may begin at any word and would make them all three times as slow.
const passwordInUrl =
  /\b(?<keep>[a-z][a-z0-9+.-]{0,30}:\/\/[\w.~!$&'()*+,;=%-]*:)[\w.~!$&'()*+,;=%:^#?-]+(?=@)/g;

/** Scrubs text and counts what it scrubbed. */
export interface Redactor {
  redact(text: string): string;
  /** How many values have been replaced so far. */
  readonly count: number;
}

/** Scrubs with the built-in patterns, the secrets and the user's patterns. `false` turns scrubbing off. */
export function createRedactor(options: RedactOptions | false = {}): Redactor {
  return compileRedaction(options)();
}

/** Compiles once what many redactors share; each counts for itself. @throws SyntaxError or TypeError for a pattern that is none */
export function compileRedaction(options: RedactOptions | false = {}): () => Redactor {
  if (options === false) return () => ({ redact: (text) => text, count: 0 });
  const sources = [...secretPatterns(options.secrets ?? []), ...builtIn.map((p) => p.source)];
  const own = new RegExp(sources.map((source) => `(?:${source})`).join('|'), 'g');
  // A user's pattern keeps its flags, so it cannot join the combined one.
  const users = (options.patterns ?? []).map(
    (p) => new RegExp(p.source, p.flags.replace(/[gy]/g, '').concat('g')),
  );
  const patterns = [own, ...users];
  const withUrls = [own, passwordInUrl, ...users];
  return () => {
    let count = 0;
    const replacement = (...match: unknown[]): string => {
      if (match[0] === '') return '';
      count++;
      const groups = match.at(-1);
      const kept =
        typeof groups === 'object' && groups !== null && 'keep' in groups ? groups.keep : undefined;
      return typeof kept === 'string' ? kept + REDACTED : REDACTED;
    };
    return {
      redact: (text) =>
        isOwnWord(text)
          ? text
          : (text.includes('://') ? withUrls : patterns).reduce(
              (clean, pattern) => clean.replace(pattern, replacement),
              text,
            ),
      get count() {
        return count;
      },
    };
  };
}

const longestWord = Math.max(...[...vocabulary].map(({ length }) => length));

/** A word of the journal itself. By length first: looking a long text up in a set reads all of it. */
function isOwnWord(text: string): boolean {
  return text.length <= longestWord && vocabulary.has(text);
}

/** Each as it is and as it stands inside of JSON text, such as a tool call's arguments; a longer one before its own beginning. */
function secretPatterns(secrets: readonly string[]): string[] {
  const usable = secrets.filter((secret) => secret.length >= 6);
  const forms = new Set(usable.flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1)]));
  return [...forms].sort((a, b) => b.length - a.length).map(escapeRegExp);
}

function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
