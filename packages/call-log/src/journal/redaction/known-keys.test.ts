import { describe, expect, it } from 'vitest';
import { createRedactor, REDACTED } from '../redactor.ts';

const { redact } = createRedactor();

// Put together here, so that no scanner takes this file for a leak.
const tail = 'aB3dE6gH9jK2mN5pQ8sT1vW4yZ7';
const long = `${tail}${tail}${tail}`;
const hex = '0a1b2c3d4e5f60718293a4b5c6d7e8f901234567';
const of = (prefix: string, rest: string, length = 40) => [prefix, rest.repeat(4).slice(0, length)].join('');

describe('a key by its shape', () => {
  it.each(
    Object.entries({
      elevenLabs: of('sk_', hex, 48),
      nvidia: of('nvapi-', tail, 64),
      tavily: of('tvly-', `dev-${tail}`, 36),
      pinecone: of('pcsk_', tail),
      jina: of('jina_', tail),
      langSmith: of('lsv2_pt_', `${hex.slice(0, 32)}_${hex}`, 43),
      voyage: of('pa-', tail, 43),
      firecrawl: of('fc-', hex, 32),
      npm: of('npm_', tail, 36),
      notion: of('ntn_', tail, 46),
      docker: of('dckr_pat_', tail, 27),
      databricks: of('dapi', hex, 32),
      digitalOcean: of('dop_v1_', hex, 64),
      shopify: of('shpat_', hex, 32),
      supabase: of('sbp_', hex),
      planetScale: of('pscale_tkn_', tail, 43),
      linear: of('lin_api_', tail),
      postman: of('PMAK-', hex, 59),
      figma: of('figd_', tail),
      googleSecret: of('GOCSPX-', tail, 28),
      googleToken: of('ya29.', tail, 60),
      gitlab: of('glpat-', tail, 20),
      slackApp: of('xapp-1-', 'A0123-456-abcdef', 40),
      discord: `${of('M', tail, 25)}.${tail.slice(0, 6)}.${long.slice(0, 38)}`,
      telegram: `123456789:${of('AA', tail, 33)}`,
      alibaba: of('LTAI', tail, 20),
      awsBedrock: of('ABSK', 'aB3d/6gH+jK2'.repeat(3), 128),
      azure: `${long.slice(0, 52)}JQQJ99${long.slice(0, 26)}`,
      azureStorage: `${long.slice(0, 76)}+ASt${'aB3dE6=='}`,
      entra: `abc8Q~${long.slice(0, 34)}`,
      sendGrid: `SG.${long.slice(0, 22)}.${long.slice(0, 43)}`,
      twilio: of('SK', hex, 32),
      mailgun: of('key-', hex, 32),
      square: of('sq0csp-', tail, 43),
      newRelic: of('NRAK-', 'AB12', 16) + 'CD34EF56GH7'.slice(0, 11),
      sentry: of('sntrys_', tail, 60),
      grafana: of('glsa_', tail),
      vault: of('hvs.', tail, 90),
      pypi: of('pypi-AgE', tail, 60),
      rubygems: of('rubygems_', hex, 48),
      atlassian: of('ATATT3', tail, 80),
      age: of('AGE-SECRET-KEY-1', 'QPZRY9X8GF2TVDW0', 58),
      jwtWithoutSignature: `ey${'J'}hbGciOiJIUzI1NiJ9.ey${'J'}zdWIiOiIxMjM0NTY3ODkwIn0`,
      jwtEncrypted: [`ey${'J'}hbGciOiJSU0EifQ`, tail, tail, tail, tail].join('.'),
    }),
  )('%s', (_, key) => {
    expect(redact(key)).toBe(REDACTED);
    for (const [before, after] of [
      ['"', '"'],
      ['=', '\n'],
      ['(', ')'],
      [' ', ', '],
    ])
      expect(redact(`see${before}${key}${after}end`)).toBe(`see${before}${REDACTED}${after}end`);
  });

  it.each([
    'sk-fading-circle sk-estimator-doc-link sk-toggleable__label-arrow and pk-something-in-words',
    'fw_some_function_with_a_long_name, csk-another-one-of-those-long-names, pplx-words-and-words-again',
    'internationalization_of_everything.and.more-of-it',
    '3f9a1c9e-0000-4000-8000-1b2c3d4e5f60 d41d8cd98f00b204e9800998ecf8427e call_3f9a1c9e00004000',
    'chatcmpl-9aB3dE6gH9jK2mN5pQ8sT1vW4 resp_0a1b2c3d4e5f60718293a4b5 toolu_01aB3dE6gH9jK2mN5pQ8sT1v',
    'https://example.com/aB3dE6gH9jK2mN5pQ8sT1vW4yZ7/file-2026-11-22T00.00.00.png',
    '--------------------------------------------- ======================= .................',
    'const SomeVeryLongClassNameFactory42 = module.exports.SomeVeryLongClassNameFactory42;',
  ])('ordinary text has none: %s', (text) => {
    expect(redact(text)).toBe(text);
  });
});
