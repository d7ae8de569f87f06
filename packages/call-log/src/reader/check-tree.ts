import { z } from 'zod';
import { runTreeSchema } from '../schema/tree.ts';
import { isDeeperThan } from './is-deeper-than.ts';

/** The log clips values at 64 levels, and a tree has them within a few more. */
const MAX_DEPTH = 128;

/** What keeps a value from being a tree, on one line; `undefined` for a tree. */
export function checkTree(value: unknown): string | undefined {
  if (isDeeperThan(MAX_DEPTH, value)) return `it is nested deeper than ${MAX_DEPTH} levels`;
  const { error } = runTreeSchema.safeParse(value);
  return error === undefined ? undefined : z.prettifyError(error).replace(/\s*\n\s*/g, ' ');
}
