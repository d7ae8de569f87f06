import type { ScenarioEvent } from '@pd/scenarios';
import { Floor } from './floor.ts';
import { inLines, parsed } from './in-lines.ts';
import type { Printer, Streams } from './printer.ts';
import { safeText } from './safe-text.ts';
import { createStyle } from './style.ts';
import { describeToolRun } from './tool-line.ts';

type Turn = Extract<ScenarioEvent, { type: 'turn-start' }>;
type TurnEnd = Extract<ScenarioEvent, { type: 'turn-end' }>;
type Message = Extract<ScenarioEvent, { type: 'message' }>['message'];

/**
 * Prints a run for people: replies as they come, each under its speaker's name and colour, the tools that were run for it,
 * and to whom it goes where that is not said before.
 *
 * @param isPlain whether it is a talk of two, where all of that goes without saying
 */
export function createTextPrinter(
  { stdout, stderr }: Streams,
  { isPlain = false }: { isPlain?: boolean } = {},
): Printer {
  const out = createStyle(stdout);
  const err = createStyle(stderr);
  let midLine = false;
  const write = (text: string): void => {
    if (text === '') return;
    stdout.write(text);
    midLine = !text.endsWith('\n');
  };
  const floor = new Floor(write);
  const written = new Set<number>();
  /** Turns whose text is data: it is shown when it is whole. */
  const held = new Set<number>();
  /** Whether turns say themselves to whom they speak. */
  let isAnnounced = false;
  /** What one has said, and to whom; told when it is known to whom else. */
  let sent: { from: string; content: string; to: string[] } | undefined;

  const note = (text: string): void =>
    floor.remark(`${out.dim(`  ${safeText(text).replaceAll('\n', ' ')}`)}\n`);
  const tellSent = (): void => {
    if (sent !== undefined) note(`${sent.from} → ${sent.to.join(', ')}`);
    sent = undefined;
  };

  const begin = ({ turn, speaker, to, thought }: Turn): void => {
    const heading = thought ? ' (thinking)' : to === undefined ? '' : ` → ${safeText(to)}`;
    isAnnounced ||= to !== undefined;
    floor.begin(turn, `\n${out.speaker(speaker, safeText(speaker))}${out.dim(heading)}\n`);
  };
  const say = (turn: number, text: string): void => {
    if (!written.has(turn) && (held.has(turn) || text.trimStart().startsWith('{'))) {
      held.add(turn);
      return;
    }
    written.add(turn);
    floor.say(turn, safeText(text));
  };
  const end = ({ turn, reply }: TurnEnd): void => {
    // Plans and verdicts are data, and do not come as texts.
    const isWritten = written.delete(turn);
    const { content, object, toolRuns = [] } = reply;
    const text = isWritten || content === '' ? [] : [safeText(inLines(object ?? parsed(content)))];
    const tools = toolRuns.map((run) => out.dim(`  ${describeToolRun(run)}`));
    floor.end(turn, `${isWritten ? '\n' : ''}${[...text, ...tools].map((line) => `${line}\n`).join('')}`);
  };
  const post = ({ from, to, content }: Message): void => {
    if (isPlain || isAnnounced) return;
    const said = String(content);
    if (sent?.from === from && sent.content === said) sent.to.push(to);
    else {
      tellSent();
      sent = { from, content: said, to: [to] };
    }
  };

  const fail = ({ agent, action, error }: Extract<ScenarioEvent, { type: 'agent-failed' }>): void =>
    note(`! ${agent} has failed (${action}): ${error instanceof Error ? error.message : String(error)}`);
  const lose = ({ message, status, reason }: Extract<ScenarioEvent, { type: 'message-lost' }>): void =>
    note(`! ${message.from} → ${message.to}: ${status}${reason === undefined ? '' : ` (${reason})`}`);

  const show = (event: ScenarioEvent): void => {
    // What is said to several is told at once; the end of the turn comes in between.
    if (event.type !== 'message' && event.type !== 'turn-end') tellSent();
    if (event.type === 'message') post(event.message);
    else if (event.type === 'turn-start') begin(event);
    else if (event.type === 'turn-end') end(event);
    else if (event.type === 'message-lost') lose(event);
    else if (event.type === 'agent-failed') fail(event);
    else if (event.type === 'nudge') note(`! ${event.to} is told: ${event.text}`);
    else if (event.type === 'end') floor.clear();
    else say(event.turn, event.text);
  };

  return {
    intro(label, about) {
      write(`${out.bold('ProjectDeux')}  ${out.dim(`replies come from: ${label}`)}\n`);
      if (about !== undefined) write(`${out.dim(safeText(about))}\n`);
    },
    event: show,
    problem(line) {
      if (midLine) write('\n');
      stderr.write(`${err.warning(safeText(line))}\n`);
    },
  };
}
