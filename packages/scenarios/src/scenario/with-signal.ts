import { isPattern, type PatternResult, type Task } from '../patterns/pattern.ts';
import type { Answer, Said, Scene } from './scene.ts';

/** The same scene for a part of the work that can be ended by itself: what it asks ends with the signal, too. */
export function withSignal(scene: Scene, given: AbortSignal): Scene {
  const signal = AbortSignal.any([scene.signal, given]);
  const scoped: Scene = {
    coordinator: scene.coordinator,
    signal,
    get verdict() {
      return scene.verdict;
    },
    async ask(member, said) {
      given.throwIfAborted();
      if (isPattern(member)) return toAnswer(await scoped.play(member, said), said);
      const both = said.signal === undefined ? given : AbortSignal.any([given, said.signal]);
      return scene.ask(member, { ...said, signal: both });
    },
    tell: (to, said) => scene.tell(to, said),
    async play(pattern, task) {
      for (const agent of pattern.agents) scene.coordinator.join(agent);
      return pattern.play(task, scoped);
    },
    step: (name, work) => scene.step(name, work),
    now: () => scene.now(),
    random: (name) => scene.random(name),
  };
  return scoped;
}

/** What a pattern came to, as the answer of a member. */
export function toAnswer({ content, from, callId, reply }: PatternResult, said: Task | Said): Answer {
  return { content, from: from ?? said.from, callId, reply: reply ?? { content } };
}
