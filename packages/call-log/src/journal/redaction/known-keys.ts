import { eachMatch, type Finder, type Found, NOT_A_WORD } from './finder.ts';

const KEY = '[A-Za-z0-9_-]';

/**
 * Shapes of credentials that vendors document or that scanners such as gitleaks look for. Each begins with a literal prefix
 * that ordinary words do not have.
 *
 * @see https://github.com/gitleaks/gitleaks/blob/master/config/gitleaks.toml
 */
const shapes: readonly string[] = [
  // OpenAI, Anthropic, OpenRouter, DeepSeek, Langfuse and the many that took over the prefix.
  `(?:sk|pk|rk)-${NOT_A_WORD}${KEY}{16,}`,
  // Stripe, Clerk; ElevenLabs.
  '(?:sk|rk|pk)_(?:live|test|prod)_[A-Za-z0-9]{16,}',
  'sk_[0-9a-f]{40,}',
  // Groq, xAI, Together, Fireworks, Cerebras, Perplexity, NVIDIA, Tavily, Pinecone, Jina, LangSmith; Voyage; Firecrawl.
  `(?:gsk|xai|tgp_v1|fw|csk|pplx|nvapi|tvly|pcsk|jina|lsv2_[ps][tk])[_-]${NOT_A_WORD}${KEY}{20,}`,
  `pa-${NOT_A_WORD}${KEY}{40,}`,
  'fc-[0-9a-f]{32}',
  // Hugging Face, Replicate, npm, Notion, Docker, Databricks, Supabase, PlanetScale, Linear, Postman, Figma.
  '(?:hf|api_org|r8|npm)_[A-Za-z0-9]{30,}',
  `(?:ntn|dckr_pat|dckr_oat|sbp|sb_secret|pscale_[a-z]+|lin_api|PMAK|figd|figo)[_-]${NOT_A_WORD}${KEY}{20,}`,
  '(?:dapi|doo_v1_|dop_v1_|dor_v1_|shp(?:at|ca|pa|ss)_)[0-9a-f]{32,}',
  // Google: API keys, OAuth secrets, access tokens.
  'AIza[A-Za-z0-9_-]{35}',
  `GOCSPX-${KEY}{20,}`,
  `ya29\\.${KEY}{20,}`,
  // GitHub, GitLab.
  '(?:ghp|gho|ghs|ghu|ghr|github_pat)_[A-Za-z0-9_]{20,}',
  `gl(?:pat|dt|rt|cbt|ptt|soat|agent|ffct|imt|ft)-${KEY}{20,}`,
  // Slack, Discord.
  'xox[abeoprs]-[A-Za-z0-9-]{11,}',
  'xapp-[0-9]-[A-Za-z0-9-]{11,}',
  `[MNO][A-Za-z0-9]{23,27}\\.${KEY}{6}\\.${KEY}{27,}`,
  // AWS, Alibaba.
  '(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}(?![A-Za-z0-9])',
  'LTAI[A-Za-z0-9]{20}(?![A-Za-z0-9])',
  // SendGrid, Twilio, Mailgun, Square, New Relic, Sentry, Grafana, Vault, PyPI, RubyGems, Atlassian, age.
  `SG\\.${KEY}{16,}\\.${KEY}{16,}`,
  'SK[0-9a-f]{32}(?![A-Za-z0-9])',
  'key-[0-9a-f]{32}(?![A-Za-z0-9])',
  `sq0(?:csp|atp)-${KEY}{22,}`,
  'NRAK-[A-Z0-9]{27}',
  `(?:sntrys|sntryu|glc|glsa)_${NOT_A_WORD}[A-Za-z0-9_-]{32,}`,
  `hv[sbr]\\.${KEY}{24,}`,
  `pypi-AgE${KEY}{20,}`,
  'rubygems_[0-9a-f]{48}',
  `ATATT3${KEY}{40,}`,
  'AGE-SECRET-KEY-1[0-9A-Z]{58}',
  // A JSON Web Token, signed, encrypted (five parts) or cut off after its second part; from its beginning only, to stay linear.
  `(?<![_-])eyJ${KEY}{8,}\\.${KEY}{8,}(?:\\.${KEY}*){0,3}`,
];

// The look behind comes first, so that within a long word nothing is tried.
const keys = new RegExp(`(?<![A-Za-z0-9])(?:${shapes.join('|')})`, 'g');

// Keys with a mark in their middle, or with signs that others have not: Telegram; Azure services, storage and Entra; Bedrock.
// @see https://github.com/microsoft/security-utilities
const marks = [':AA', 'JQQJ9', '+ASt', '+ACDb', '+ABac', '+AMC', '+AEh', '+ARm', '+AIo', 'Q~', 'ABSK'];
const markedKeys =
  /(?<![A-Za-z0-9+/])(?:[0-9]{8,10}:AA[A-Za-z0-9_-]{33}|[A-Za-z0-9]{52}JQQJ9[9D][A-Za-z0-9]{20,}|[A-Za-z0-9+/]{76}\+(?:ASt|ACDb|ABac|AMC|AEh|ARm|AIo)[A-Za-z0-9+/]{5,8}==|[A-Za-z0-9_~.]{3}[0-9]Q~[A-Za-z0-9_~.-]{31,34}|ABSK[A-Za-z0-9+/]{60,}={0,2})/g;

/** No key is shorter, and hardly a word of prose is as long. */
const SHORTEST_KEY = 16;

/** What keys are made of; every key has a digit or a capital in it. By UTF-16 unit. */
const IN_KEY = 1;
const DIGIT_OR_CAPITAL = 2;
const kinds = new Uint8Array(1 << 16);
for (const sign of 'abcdefghijklmnopqrstuvwxyz_-.') kinds[sign.charCodeAt(0)] = IN_KEY;
for (const sign of 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789')
  kinds[sign.charCodeAt(0)] = IN_KEY | DIGIT_OR_CAPITAL;

/**
 * Keys of known shapes. Looks at every sixteenth character, and closer only where that one stands in a run of characters that
 * is long enough for a key.
 */
export const findKnownKeys: Finder = (text, found) => {
  let any = false;
  for (let i = SHORTEST_KEY - 1; i < text.length; i += SHORTEST_KEY) {
    if (kinds[text.charCodeAt(i)] === 0) continue;
    let start = i;
    let kind = 0;
    for (; start > 0; start--) {
      const before = kinds[text.charCodeAt(start - 1)] ?? 0;
      if (before === 0) break;
      kind |= before;
    }
    for (; i < text.length; i++) {
      const here = kinds[text.charCodeAt(i)] ?? 0;
      if (here === 0) break;
      kind |= here;
    }
    if (i - start < SHORTEST_KEY || kind < DIGIT_OR_CAPITAL) continue;
    any = true;
    findKeysIn(text.slice(start, i), start, found);
  }
  // What is base64 may have its signs in every run.
  const mayHaveMark = any || text.includes('==') || text.includes('ABSK');
  if (mayHaveMark && marks.some((mark) => text.includes(mark)))
    eachMatch(markedKeys, text, ({ index, 0: key }) => found(index, index + key.length));
};

function findKeysIn(run: string, at: number, found: Found): void {
  eachMatch(keys, run, ({ index, 0: key }) => found(at + index, at + index + key.length));
}
