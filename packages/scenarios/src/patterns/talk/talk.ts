import type { ChatMessageParam } from '@pd/llm-client';
import type { Answer, Scene, Verdict } from '../../scenario/scene.ts';
import type { StopCondition } from '../../stop/stop-condition.ts';
import { nameOf } from '../check-members.ts';
import { isPattern, type Line, type Member, type PatternResult, type Task } from '../pattern.ts';
import { emptyAnswer, remarkOn } from './empty-answer.ts';
import { Listener } from './listener.ts';
import { GO_ON, MODERATOR } from './moderator.ts';
import { Tally } from './tally.ts';

/** How somebody is asked, where it is not simply with what was said last. */
export interface Asking {
  /** A question of the moderator's, in the place of what was said last. */
  prompt?: string | undefined;
  /** What is shown beside the conversation, this once. */
  note?: ChatMessageParam | undefined;
  /** Who is to answer the answer, where that is known. */
  to?: Member | undefined;
  handoffs?: 'return' | undefined;
}

/** When a talk ends by itself. */
interface TalkLimits {
  stop: StopCondition | undefined;
  /** Default: no limit. */
  maxTurns?: number;
}

/** To whom an answer hands over. */
export interface HandingOver {
  to: string;
  /** What the next one is told; absent when the answer itself says it. */
  note?: string | undefined;
}

/**
 * A conversation of several, out of which patterns are made: what has been said, who has been told and shown what of it, what it
 * has taken, and whether it is over. Whatever somebody is shown has been a message to it: those are the edges of the graph.
 */
export class Talk {
  /** What has been said, beginning with what was said before, and the task. */
  readonly lines: Line[];
  /** Who has spoken last, of the members; at first the one who gives the task, if it is one of them. */
  lastMember: Member | undefined;
  readonly #scene: Scene;
  readonly #members: ReadonlyMap<string, Member>;
  readonly #tally: Tally;
  readonly #maxTurns: number;
  readonly #listeners = new Map<string, Listener>();
  /** Lines that were there before this talk. */
  readonly #before: number;
  /** The last answer that was one. */
  #said: Answer | undefined;
  #last: Answer | undefined;
  #end: Verdict | undefined;

  private constructor(
    scene: Scene,
    { from, content, callId, before = [] }: Task,
    members: readonly Member[],
    { stop, maxTurns = Number.POSITIVE_INFINITY }: TalkLimits,
  ) {
    this.lines = [...before, { from, content, callId }];
    this.#before = before.length;
    this.#scene = scene;
    this.#members = new Map(members.map((member) => [nameOf(member), member]));
    this.lastMember = this.#members.get(from);
    this.#tally = new Tally(scene, stop);
    this.#maxTurns = maxTurns;
  }

  /** A talk about a task, between members, until their limits. */
  static async begin(
    scene: Scene,
    task: Task,
    members: readonly Member[],
    limits: TalkLimits,
  ): Promise<Talk> {
    const talk = new Talk(scene, task, members, limits);
    await talk.#tally.begin();
    return talk;
  }

  /** Whether nobody is to say anything any more: its condition is true, somebody had nothing to say, or the scenario is to stop. */
  get isOver(): boolean {
    return this.#end !== undefined || this.#scene.verdict !== undefined;
  }

  /** Turns that are finished. */
  get turns(): number {
    return this.#tally.turns;
  }

  /** Has a member answer, and adds that to what has been said. */
  async speak(member: Member, asking: Asking = {}): Promise<void> {
    await this.take(member, await this.ask(member, asking));
  }

  /** As {@link speak} for several at once, none of whom hears the others meanwhile; what they say is in their order. */
  async speakAtOnce(members: readonly Member[]): Promise<void> {
    const answers = await Promise.allSettled(members.map((member) => this.ask(member)));
    const failed = answers.find((answer) => answer.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
    for (const [i, member] of members.entries()) {
      const answer = answers[i];
      if (answer?.status === 'fulfilled') await this.take(member, answer.value);
    }
  }

  /** Tells everybody but one what they have not heard yet. */
  tellAll(members: readonly Member[], but?: Member): void {
    for (const member of members)
      if (member !== but && !isPattern(member))
        for (const line of this.#listener(member).untold()) this.#scene.tell(member.id, line);
  }

  /**
   * Has somebody answer, with the whole conversation before its eyes. What is asked is what was said last; what it has not
   * heard of the rest it is told before.
   */
  ask(member: Member, { prompt, note, to, handoffs }: Asking = {}): Promise<Answer> {
    const ofModerator = { from: MODERATOR.id, content: prompt ?? GO_ON };
    if (isPattern(member)) {
      if (prompt === undefined) {
        const [last = ofModerator] = this.lines.slice(-1);
        return this.#scene.ask(member, { ...last, before: this.lines.slice(0, -1) });
      }
      this.#scene.coordinator.join(MODERATOR);
      return this.#scene.ask(member, { ...ofModerator, before: [...this.lines] });
    }
    const listener = this.#listener(member);
    const untold = listener.untold();
    const asked = prompt === undefined ? untold.pop() : undefined;
    if (asked === undefined) this.#scene.coordinator.join(MODERATOR);
    for (const each of untold) this.#scene.tell(member.id, each);
    const history = listener.historyBefore(asked);
    if (note !== undefined) history.push(note);
    const answerFor = to === undefined || isPattern(to) ? undefined : to.id;
    return this.#scene.ask(member, { ...(asked ?? ofModerator), history, answerFor, handoffs });
  }

  /** Adds an answer to what has been said; one without a word ends the talk. */
  async take(member: Member, answer: Answer, handingOver?: HandingOver): Promise<void> {
    const { from, content, callId } = answer;
    this.#tally.turns++;
    this.spend(member, answer);
    this.#last = answer;
    this.lastMember = member;
    const { to: handedTo, note } = handingOver ?? {};
    if (content.trim() !== '') {
      this.#said = answer;
      this.lines.push({ from, content, callId });
    } else if (note === undefined) this.end(emptyAnswer(answer));
    if (note !== undefined) this.lines.push({ from, content: note, callId });
    const said = [content, note].filter((text) => text !== undefined && text !== '').join('\n');
    const verdict = await this.#tally.check({ from, to: handedTo, content: said, handedTo });
    if (verdict !== undefined) this.end(verdict);
    if (this.turns >= this.#maxTurns)
      this.end({ reason: 'max_turns', detail: `${this.turns} turns of ${this.#maxTurns}` });
  }

  /** Counts what an answer took, without adding it to what has been said. */
  spend(member: Member, { from, reply }: Answer): void {
    this.#tally.spend(reply);
    // It was replaced, or has had another one answer, who is nobody else here.
    if (!isPattern(member) && from !== member.id && !this.#members.has(from))
      this.#listener(member).isAnsweredBy(from);
  }

  /** It is over. The first reason counts. */
  end(verdict: Verdict): void {
    this.#end ??= verdict;
  }

  /** What came of it: the last answer that was one, with what all of it took. */
  result(): PatternResult {
    const { content = '', from, callId } = this.#said ?? {};
    const { reason = 'done', detail } = this.#scene.verdict ?? this.#end ?? {};
    const { usage, costUsd } = this.#tally.totals;
    const remarks = [detail, this.#said && remarkOn(this.#said)].filter((each) => each !== undefined);
    return {
      content,
      from,
      callId,
      reply: { ...this.#last?.reply, content, ...(usage !== undefined && { usage, costUsd }) },
      reason,
      ...(remarks.length > 0 && { detail: remarks.join('; ') }),
    };
  }

  #listener(agent: { id: string }): Listener {
    const known = this.#listeners.get(agent.id) ?? new Listener(agent.id, this.lines, this.#before);
    this.#listeners.set(agent.id, known);
    return known;
  }
}
