import { GuardrailError } from '../errors/guardrail-error.ts';
import { untilAborted } from '../until-aborted.ts';
import type {
  Guardrail,
  GuardrailCheck,
  GuardrailContext,
  GuardrailVerdict,
  TextSchema,
} from './guardrail.ts';

/** What the guardrails have made of a text, together. `name` is the one that decided. */
export type Guarded =
  | { type: 'pass'; content: string }
  | { type: 'block'; name: string; reason: string }
  | { type: 'retry'; name: string; feedback: string };

/** Told of every verdict but a pass. */
export type TellVerdict = (name: string, verdict: Exclude<GuardrailVerdict, { type: 'pass' }>) => void;

/**
 * Asks the guardrails in order, each with the text that the ones before have left.
 *
 * @throws {GuardrailError} when one fails; the signal's reason after an abort
 */
export async function runGuardrails(
  guardrails: readonly Guardrail[],
  content: string,
  context: GuardrailContext,
  tell: TellVerdict,
): Promise<Guarded> {
  let text = content;
  for (const [index, guardrail] of guardrails.entries()) {
    const { name, check } = named(guardrail, `${context.on} guardrail ${index + 1}`);
    const verdict = await verdictOf(name, check, text, context);
    if (verdict.type === 'pass') continue;
    tell(name, verdict);
    if (verdict.type === 'rewrite') text = verdict.content;
    else return { ...verdict, name };
  }
  return { type: 'pass', content: text };
}

async function verdictOf(
  name: string,
  check: GuardrailCheck | TextSchema,
  text: string,
  context: GuardrailContext,
): Promise<GuardrailVerdict> {
  try {
    const verdict = await untilAborted(context.signal, () =>
      isSchema(check) ? bySchema(check, text, context.on) : check(text, context),
    );
    return checked(verdict ?? { type: 'pass' });
  } catch (cause) {
    if (context.signal.aborted && cause === context.signal.reason) throw cause;
    throw new GuardrailError(name, cause);
  }
}

async function bySchema(
  schema: TextSchema,
  text: string,
  on: GuardrailContext['on'],
): Promise<GuardrailVerdict> {
  const { issues, ...valid } = await schema['~standard'].validate(text);
  if (issues !== undefined) {
    const reason = issues.map(({ message }) => message).join('; ');
    return on === 'input' ? { type: 'block', reason } : { type: 'retry', feedback: reason };
  }
  const { value } = valid as { value: unknown };
  return typeof value === 'string' && value !== text ? { type: 'rewrite', content: value } : { type: 'pass' };
}

/** A verdict that is none would let through what somebody wanted to stop. */
function checked(verdict: GuardrailVerdict): GuardrailVerdict {
  const isText = (value: unknown) => typeof value === 'string';
  switch (verdict.type) {
    case 'pass':
      return verdict;
    case 'block':
      if (isText(verdict.reason)) return verdict;
      break;
    case 'rewrite':
      if (isText(verdict.content)) return verdict;
      break;
    case 'retry':
      if (isText(verdict.feedback)) return verdict;
      break;
  }
  throw new TypeError(`its verdict is none: ${JSON.stringify(verdict)}`);
}

function named(guardrail: Guardrail, fallback: string): { name: string; check: GuardrailCheck | TextSchema } {
  // First of all: zod's schemas have a `check`, too, and ArkType's are functions.
  if (isSchema(guardrail)) return { name: fallback, check: guardrail };
  if (typeof guardrail === 'function') return { name: guardrail.name || fallback, check: guardrail };
  return guardrail;
}

function isSchema(check: Guardrail): check is TextSchema {
  return '~standard' in check;
}
