import { expandBlobs, type RedactOptions, readTree } from '@pd/call-log/reader';
import type { RunTree } from '@pd/call-log/schema';
import { LONGEST_TIMER_MS } from '../call/deadline.ts';
import type { OwnEvent } from '../call/record-own.ts';
import { DivergenceError } from '../errors/divergence-error.ts';
import { NoContentError } from '../errors/no-content-error.ts';
import { QuietWatch } from './quiet-watch.ts';
import { agentOf, isAwaited, RecordedCalls } from './recorded-calls.ts';
import { RecordedLines } from './recorded-lines.ts';
import { RecordedMessages } from './recorded-messages.ts';
import type { RecordedRun } from './recorded-run.ts';
import { RecordedSteps } from './recorded-steps.ts';
import { RecordedTools } from './recorded-tools.ts';

export interface RecordedRunOptions {
  /** What the log of the run scrubs; the same as given to `createCallLog`. Default: the built-in patterns. */
  redact?: RedactOptions | false;
  /**
   * How long nothing on record may be asked for, in milliseconds, while something new waits, until that is a divergence. A
   * program that waits by itself between its calls needs more than that; `Infinity` for never. Default: 1,000, our choice.
   */
  divergenceAfterMs?: number;
}

/**
 * Reads a run that is to be done again from its top. All of it is read now; what the program asks for later is looked up.
 *
 * @param path of the run's journal, its tree, or either without its extension
 * @throws {NoContentError} when the run was recorded without content
 * @throws {RangeError} for a time that makes no sense; what `readTree` throws, for no such run or none that can be read;
 * {@link IncompleteRecordError} and {@link MissingBlobError} for a record that is not whole
 */
export async function readRecordedRun(
  path: string,
  { redact = {}, divergenceAfterMs = 1_000 }: RecordedRunOptions = {},
): Promise<RecordedRun> {
  checkQuietTime(divergenceAfterMs);
  const tree = await readTree(path);
  if (tree.audit.capture_content === false) throw new NoContentError(path);
  await expandReplies(tree, path);
  const calls = new RecordedCalls(tree, redact);
  const tools = new RecordedTools(tree);
  const messages = new RecordedMessages(tree, redact);
  const lines = new RecordedLines(tree, redact);
  const steps = new RecordedSteps(tree);
  const watch = new QuietWatch(calls.unserved.length, divergenceAfterMs);

  /** That it was asked for shows that the program is still on its way. */
  const served = <T>(found: T | undefined): T | undefined => {
    if (found !== undefined) watch.asked(false);
    return found;
  };
  const unrecorded = (event: OwnEvent): OwnEvent | undefined => {
    switch (event.type) {
      case 'message':
        return messages.unrecorded(event);
      case 'tool.start':
        return tools.hasBegun(event.call_id, event.tool_call_id) ? undefined : event;
      case 'tool.end':
        return tools.get(event.call_id, event.tool_call_id) === undefined ? event : undefined;
      case 'log':
        return lines.take(event) ? undefined : event;
      // Taken from the record by whoever does it.
      case 'step':
        return event;
    }
  };
  return {
    get remaining() {
      return watch.remaining;
    },
    call(start) {
      const found = calls.take(start);
      if (found !== undefined) watch.asked(isAwaited(found.call));
      return found;
    },
    tool: (callId, toolCallId) => served(tools.get(callId, toolCallId)),
    message: (envelope) => served(messages.take(envelope)),
    step: (name, ordinal) => served(steps.take(name, ordinal)),
    unrecorded(event) {
      const rest = unrecorded(event);
      if (rest !== event) watch.asked(false);
      return rest;
    },
    rest({ call, signal } = {}) {
      // Later this would be somebody else's context.
      const agentId = call === undefined ? undefined : agentOf(call);
      const toError = () => {
        const different = call &&
          agentId !== undefined && { agentId, difference: calls.differenceOf(call, agentId) };
        const { unserved } = calls;
        const unasked = unserved.map((each) => each.call.id);
        const owners = unserved.map(({ agentId }) => agentId);
        return new DivergenceError(path, { ...different, unasked }, owners, divergenceAfterMs);
      };
      return watch.wait(toError, signal);
    },
  };
}

/** Large parts of replies and results stand where they stood. */
async function expandReplies({ agents }: RunTree, path: string): Promise<void> {
  for (const { calls } of agents)
    for (const call of calls) {
      if (hasReference(call.post)) call.post = await expandBlobs(call.post, path);
      if (hasReference(call.tool_calls)) call.tool_calls = await expandBlobs(call.tool_calls, path);
    }
}

/** Deeper than any record that a log writes. */
const MAX_DEPTH = 256;

function hasReference(value: unknown, depth = 0): boolean {
  if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) return false;
  return '$blob' in value || Object.values(value).some((part) => hasReference(part, depth + 1));
}

function checkQuietTime(ms: unknown): void {
  const isTime =
    typeof ms === 'number' && ms > 0 && (ms <= LONGEST_TIMER_MS || ms === Number.POSITIVE_INFINITY);
  if (!isTime)
    throw new RangeError(`divergenceAfterMs must be a number of milliseconds above 0, not ${String(ms)}`);
}
