import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Conversations } from './conversations.ts';

it('knows beginnings, and what two conversations share', () => {
  const talk = fc.array(fc.nat(2), { maxLength: 40 });
  fc.assert(
    fc.property(talk, talk, fc.nat(45), (a, b, count) => {
      const all = new Conversations();
      const place = (messages: readonly number[]) =>
        messages.reduce((at, message) => all.append(at, message), Conversations.EMPTY);
      let shared = 0;
      while (shared < a.length && shared < b.length && a[shared] === b[shared]) shared++;
      expect(all.shared(place(a), place(b))).toBe(shared);
      expect(all.beginning(place(a), count)).toBe(place(a.slice(0, count)));
      expect(all.depth(place(a))).toBe(a.length);
      expect(all.last(place(a))).toBe(a.at(-1) ?? -1);
    }),
  );
});
