import type { Member } from './member.ts';

/** So many members are served before timers and sockets have their turn. */
const AT_A_STRETCH = 1_000;

/**
 * The members that have something to do, served one after the other and never from within each other, so that a chain of
 * messages, however long, neither fills the stack nor keeps timers and sockets waiting.
 */
export class RunQueue {
  readonly #work: (member: Member) => void;
  #waiting = new Set<Member>();
  #isScheduled = false;
  /** Since timers and sockets had their turn because of it: who asks and is answered at once adds one at a time. */
  #served = 0;

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
    // A set gives what is added meanwhile as well.
    for (const member of this.#waiting) {
      if (this.#served++ >= AT_A_STRETCH) {
        this.#served = 0;
        setImmediate(() => this.#serve());
        return;
      }
      this.#waiting.delete(member);
      this.#work(member);
    }
    this.#isScheduled = false;
  }
}
