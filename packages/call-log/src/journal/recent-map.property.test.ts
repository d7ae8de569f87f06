import fc from 'fast-check';
import { expect, it } from 'vitest';
import { RecentMap } from './recent-map.ts';

it('knows the last entries that were set, and not many more', () => {
  const reach = 5;
  fc.assert(
    fc.property(fc.array(fc.nat(30), { minLength: 1, maxLength: 200 }), (keys) => {
      const map = new RecentMap<number, number>(reach);
      const last = new Map<number, number>();
      keys.forEach((key, i) => {
        map.set(key, i);
        last.delete(key);
        last.set(key, i);
        for (const [recent, value] of [...last].slice(-reach)) expect(map.get(recent)).toBe(value);
        const known = [...last.keys()].filter((each) => map.has(each));
        expect(known.length).toBeLessThanOrEqual(2 * reach);
      });
      map.clear();
      expect(keys.some((key) => map.has(key))).toBe(false);
    }),
  );
});
