import fc from 'fast-check';
import { expect, it } from 'vitest';
import { callStart, readRecords, useTempDir } from '../../test/helpers.ts';
import { createCallLog } from '../call-log.ts';
import { toPlainJson } from './to-plain-json.ts';

const tempDir = useTempDir();

const anything = fc.anything({
  withBigInt: true,
  withBoxedValues: true,
  withDate: true,
  withMap: true,
  withNullPrototype: true,
  withObjectString: true,
  withSet: true,
  withSparseArray: true,
  withTypedArray: true,
  withUnicodeString: true,
});

it('turns any value into JSON', () => {
  fc.assert(
    fc.property(anything, (value) => {
      const { value: json } = toPlainJson(value, (text) => text);
      const text = JSON.stringify(json);
      expect(JSON.stringify(JSON.parse(text))).toBe(text);
    }),
    { numRuns: 500 },
  );
});

it('is exact just when it says so', () => {
  fc.assert(
    fc.property(anything, (value) => {
      const { value: json, exact } = toPlainJson(value, (text) => text);
      if (exact) expect(JSON.stringify(json)).toBe(JSON.stringify(value) ?? 'null');
    }),
    { numRuns: 500 },
  );
});

it('leaves JSON as it is', () => {
  fc.assert(
    fc.property(fc.jsonValue({ depthSize: 'medium' }), (value) => {
      expect(toPlainJson(value, (text) => text)).toEqual({ value, exact: true });
    }),
  );
});

it('has a record of every event, whatever is in it', async () => {
  let run = 0;
  await fc.assert(
    fc.asyncProperty(anything, anything, anything, async (content, parameters, metadata) => {
      const log = createCallLog({ dir: tempDir(), tree: false, defaultRun: { id: `r${run++}` } });
      const { journalPath } = log.defaultRun();
      log.logger(
        callStart('c', {
          messages: [{ role: 'user', content }],
          parameters: { parameters },
          metadata: { metadata },
        }),
      );
      log.logger({ type: 'tool.start', call_id: 'c', tool_call_id: 't', name: 'tool', arguments: content });
      const types = readRecords(journalPath).map(({ type }) => type);
      expect(types).toEqual(['segment.start', 'run.start', 'agent.start', 'call.start', 'tool.start']);
      await log.close();
    }),
    { numRuns: 100 },
  );
});
