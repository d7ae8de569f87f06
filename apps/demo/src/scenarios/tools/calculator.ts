import { defineTool } from '@pd/agents';
import { z } from 'zod';

/** Calculates with numbers, + - * / and brackets. */
export function createCalculator() {
  return defineTool({
    name: 'calculate',
    description: 'Calculates an arithmetic expression.',
    input: z.object({
      expression: z
        .string()
        .max(200)
        .refine((text) => /^[\d\s.+*/()-]+$/.test(text), 'only numbers and + - * / ( )'),
    }),
    async execute({ expression }) {
      // SQLite calculates; what may stand in the expression leaves nothing else to it.
      const { DatabaseSync } = await import('node:sqlite');
      const database = new DatabaseSync(':memory:');
      try {
        return database.prepare(`select ${expression} as value`).get();
      } finally {
        database.close();
      }
    },
  });
}
