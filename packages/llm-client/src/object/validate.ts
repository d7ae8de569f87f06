import type { OutputOf, StandardSchema } from './standard-schema.ts';

/** What is wrong with a value, and where in it; an empty path is the value itself. */
export interface Issue {
  path: readonly (string | number)[];
  message: string;
}

/** A value that fits a schema, or why it does not. */
export type Validated<Output> = { ok: true; value: Output } | { ok: false; issues: Issue[] };

/**
 * Validates what a model wrote. Models say `null` for what they leave out, and strict mode makes them; where a `null` is the
 * reason that a value does not fit, it is tried without.
 *
 * @throws what the schema's own refinements and transforms throw
 */
export async function validate<Schema extends StandardSchema>(
  schema: Schema,
  value: unknown,
): Promise<Validated<OutputOf<Schema>>> {
  const first = await schema['~standard'].validate(value);
  if (first.issues === undefined) return { ok: true, value: first.value };
  const without = structuredClone(value);
  if (allPaths(first.issues).filter((path) => removeNull(without, path)).length > 0) {
    const second = await schema['~standard'].validate(without);
    if (second.issues === undefined) return { ok: true, value: second.value };
  }
  return { ok: false, issues: first.issues.map(({ path, message }) => ({ path: toPath(path), message })) };
}

type WirePath = readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;

/** Where the issues are; those of a union's branches lie below it, as zod has them. */
function allPaths(issues: readonly { path?: WirePath }[]): (string | number)[][] {
  return issues.flatMap((issue) => {
    const path = toPath(issue.path);
    const { errors } = issue as { errors?: unknown };
    const branches = Array.isArray(errors) ? errors.flat() : [];
    return [path, ...allPaths(branches).map((below) => [...path, ...below])];
  });
}

function toPath(path: WirePath = []): (string | number)[] {
  return path.map((step) => {
    const key = typeof step === 'object' ? step.key : step;
    return typeof key === 'number' ? key : String(key);
  });
}

function removeNull(value: unknown, path: readonly (string | number)[]): boolean {
  const [last, ...above] = path.toReversed();
  let parent = value;
  for (const key of above.reverse())
    parent = isObject(parent) && Object.hasOwn(parent, key) ? parent[key] : undefined;
  if (last === undefined || !isObject(parent) || Array.isArray(parent) || parent[last] !== null) return false;
  return Object.hasOwn(parent, last) && delete parent[last];
}

function isObject(value: unknown): value is Record<string | number, unknown> {
  return typeof value === 'object' && value !== null;
}
