import { describe, expect, it } from 'vitest';
import { buildAgent, buildCall, buildMessage, buildTree, timeAt } from '../../../fixtures/build-tree.ts';
import { openTree } from '../../../fixtures/open-tree.ts';
import { callsPicture, playheadX } from './calls-picture.ts';
import { nextNode } from './next-node.ts';

const run = await openTree(
  buildTree({
    agents: ['a', 'b'].map((id, lane) =>
      buildAgent(
        id,
        [0, 4].map((at) =>
          buildCall(`${id}${at}`, { started_at: timeAt(at + lane), ended_at: timeAt(at + lane + 1) }),
        ),
      ),
    ),
    messages: [6, 7, 8].map((at) => buildMessage({ id: `m${at}`, at: timeAt(at), from: 'b', to: 'a' })),
  }),
);
const everything = { calls: new Uint8Array(4).fill(1), messages: new Uint8Array(3).fill(1) };

describe('the picture of calls', () => {
  it('draws the rounds of a loop once, and all of them when it is opened', () => {
    const folded = callsPicture(run, everything, new Set());
    expect(folded.graph.loops).toMatchObject([
      { times: 2, first: 0, last: 1 },
      { times: 3, first: 2, last: 2 },
    ]);
    expect(folded.graph.nodes.map(folded.idsOf)).toEqual([
      ['a0', 'a4'],
      ['b0', 'b4'],
      ['m6', 'm7', 'm8'],
    ]);
    const opened = callsPicture(run, everything, new Set(['message:m6']));
    expect(opened.graph.nodes.map(opened.idsOf)).toEqual([
      ['a0', 'a4'],
      ['b0', 'b4'],
      ['m6'],
      ['m7'],
      ['m8'],
    ]);
  });

  it('has the playhead between what had begun and what had not', () => {
    const picture = callsPicture(run, everything, new Set(['call:a0', 'message:m6']));
    const { x } = picture.layout;
    expect(playheadX(picture, run.origin - 1)).toBeLessThan(x[0] ?? 0);
    expect(playheadX(picture, run.origin + 500)).toBeCloseTo(((x[0] ?? 0) + (x[1] ?? 0)) / 2);
    expect(playheadX(picture, run.origin + 99_000)).toBeGreaterThan(x.at(-1) ?? 0);
  });

  it('is walked along time and from lane to lane', () => {
    const picture = callsPicture(run, everything, new Set(['call:a0', 'message:m6']));
    expect(
      ['ArrowRight', 'ArrowDown', 'ArrowUp', 'End', 'ArrowLeft', 'x'].map((key) => nextNode(picture, 0, key)),
    ).toEqual([1, 1, 0, 6, 0, undefined]);
  });
});
