import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { providers } from '@pd/llm-client';
import { expect, it } from 'vitest';

it('.env.example documents the keys of every provider that the demo can ask, and what the demo reads', () => {
  const documented = readFileSync(join(import.meta.dirname, '../../../.env.example'), 'utf8');
  const asked = [...providers.values()].filter(({ baseURL }) => baseURL !== undefined);
  const variables = asked.flatMap(({ keyVariables }) => keyVariables);
  for (const variable of [...variables, 'OPENAI_BASE_URL', 'PD_MODEL', 'PD_DEBUG', 'REDIS_URL']) {
    expect(documented).toMatch(new RegExp(`^${variable}=$`, 'm'));
  }
  expect(documented).toContain('OPENAI_APY_KEY');
});
