import type { Member } from './member.ts';

/** Members that are served at a stretch before timers and sockets have their turn. */
const AT_A_STRETCH = 1_000;

/**
 * The members that have something to do, served one after the other and never from within each other, so that a chain of
 * messages, however long, neither fills the stack nor keeps timers and sockets waiting.
 */
export class RunQueue {
  readonly #work: (member: Member) => void;
  #waiting = new Set<Member>();
  #isScheduled = false;

  constructor(work: (member: Member) => void) {
    this.#work = work;
  }

  add(member: Member): void {
    this.#waiting.add(member);
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    queueMicrotask(() => this.#serve());
  }

  #serve(): void {
    let served = 0;
    // A set gives what is added meanwhile as well.
    for (const member of this.#waiting) {
      if (served++ === AT_A_STRETCH) {
        setImmediate(() => this.#serve());
        return;
      }
      this.#waiting.delete(member);
      this.#work(member);
    }
    this.#isScheduled = false;
  }
}
