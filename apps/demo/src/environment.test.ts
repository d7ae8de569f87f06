import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { providers } from '@pd/llm-client';
import { expect, it } from 'vitest';

it('.env.example documents the key of every provider and what the demo reads', () => {
  const documented = readFileSync(join(import.meta.dirname, '../../../.env.example'), 'utf8');
  const variables = [...providers.values()].map(({ keyVariable }) => keyVariable);
  for (const variable of [...variables, 'OPENAI_BASE_URL', 'PD_MODEL', 'PD_DEBUG']) {
    expect(documented).toMatch(new RegExp(`^${variable}=$`, 'm'));
  }
  expect(documented).toContain('OPENAI_APY_KEY');
});
