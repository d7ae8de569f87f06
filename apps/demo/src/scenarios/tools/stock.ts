import { defineTool } from '@pd/agents';
import { z } from 'zod';

const STOCK = [
  { item: 'lamps', amount: 437 },
  { item: 'bulbs', amount: 1_200 },
  { item: 'shades', amount: 52 },
] as const;

/** Tells how much there is of something in a database of its own. */
export function createStockTool() {
  return defineTool({
    name: 'query_stock',
    description: 'Tells how much of an item is in stock, from the database.',
    input: z.object({ item: z.enum(STOCK.map(({ item }) => item)) }),
    async execute({ item }) {
      // Only a scenario that uses it loads the database.
      const { DatabaseSync } = await import('node:sqlite');
      const database = new DatabaseSync(':memory:');
      try {
        database.exec('create table stock (item text, amount int)');
        const insert = database.prepare('insert into stock values (?, ?)');
        for (const each of STOCK) insert.run(each.item, each.amount);
        return database.prepare('select item, amount from stock where item = ?').all(item);
      } finally {
        database.close();
      }
    },
  });
}
