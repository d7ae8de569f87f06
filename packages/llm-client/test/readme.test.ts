import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { LLMClientOptions } from '../src/index.ts';

const readme = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8');

/** TypeScript refuses one that is missing here, and one that is no option. */
const options: Record<keyof LLMClientOptions, true> = {
  model: true,
  apiKey: true,
  apiKeys: true,
  baseURL: true,
  provider: true,
  providers: true,
  defaultProvider: true,
  history: true,
  logger: true,
  onLoggerError: true,
  metadata: true,
  replay: true,
  timeoutMs: true,
  attemptTimeoutMs: true,
  retry: true,
  fallbacks: true,
  deployments: true,
  gates: true,
  prices: true,
  estimateUsage: true,
  cache: true,
  onCacheError: true,
  recordVectors: true,
  headers: true,
  fetch: true,
  transport: true,
  clock: true,
  random: true,
  createId: true,
};

it('the table of options names every option, once', () => {
  const [, section = ''] = readme.split('## `createLLMClient(options)`');
  const rows = section.split('\n').filter((line) => line.startsWith('| `'));
  const names = rows.flatMap((row) =>
    [...(row.split('|')[1] ?? '').matchAll(/`(\w+)`/g)].map(([, name]) => name),
  );
  const table = names.slice(0, names.indexOf('ProviderError'));
  expect(table.toSorted()).toEqual(Object.keys(options).toSorted());
});

it('is short', () => {
  expect(readme.split('\n').length).toBeLessThan(150);
});
