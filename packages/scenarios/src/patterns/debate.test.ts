import { CriticAgent, defineAgent, SimpleAgent } from '@pd/agents';
import { createLLMClient } from '@pd/llm-client';
import { startOfflineServer } from '@pd/llm-client/offline';
import { describe, expect, it } from 'vitest';
import { record } from '../../test/support.ts';
import { type Asked, edges, expectWhole, play, shown, speaker } from '../../test/talking.ts';
import { debate, InvalidScenarioError, roundRobin, streamPattern, textMention } from '../index.ts';
import { isAgreed } from './is-agreed.ts';

const two = (asked: Asked[] = []) => ['pro', 'con'].map((id) => speaker(id, [], { asked }));

describe('debate', () => {
  it('has all speak in rounds, and the judge decide', async () => {
    const asked: Asked[] = [];
    const judge = speaker('judge', ['con is right.'], { asked });
    const { outcome, tree } = await play(debate({ debaters: two(asked), judge }));
    expect(outcome).toMatchObject({ reason: 'done', content: 'con is right.', from: 'judge', turns: 5 });
    expect(asked.map(({ by }) => by)).toEqual(['pro', 'con', 'pro', 'con', 'judge']);
    expect(shown(asked[3] as Asked)).toEqual(['user: Go.', 'pro: pro1', 'con1', 'pro: pro2']);
    expect(shown(asked[4] as Asked)).toEqual([
      ...['user: Go.', 'pro: pro1', 'con: con1', 'pro: pro2', 'con: con2'],
      expect.stringMatching(/^moderator: The debate is over/),
    ]);
    expect(
      edges(tree)
        .filter((edge) => edge.includes('>judge'))
        .slice(0, -1),
    ).toEqual([
      ...['user>judge Go.', 'pro>judge pro1', 'con>judge con1', 'pro>judge pro2', 'con>judge con2'],
    ]);
    expectWhole(tree);
  });

  it('lets all of a round speak at once, and has it on record in their order', async () => {
    const once = async (delays: readonly number[]) => {
      const asked: Asked[] = [];
      const debaters = ['x', 'y', 'z'].map((id, i) =>
        speaker(id, [], { asked, delayMs: () => delays[i] ?? 0 }),
      );
      const judge = speaker('judge', ['done'], { asked });
      const { tree } = await play(debate({ debaters, judge, parallel: true }));
      expectWhole(tree);
      expect(shown(asked.find(({ by, history }) => by === 'x' && history.length > 1) as Asked)).toEqual([
        ...['user: Go.', 'x1', 'y: y1', 'z: z1'],
      ]);
      expect(shown(asked.filter(({ by }) => by === 'z')[1] as Asked)).toEqual([
        ...['user: Go.', 'x: x1', 'z1', 'y: y1'],
      ]);
      return edges(tree);
    };
    const first = await once([0, 5, 10]);
    expect(await once([10, 5, 0])).toEqual(first);
  });

  it('ends early when the judge says that they agree', async () => {
    const asked: Asked[] = [];
    const judge = speaker('judge', ['NOT AGREED', '**Agreed**: a bridge.'], { asked });
    const { outcome, tree } = await play(debate({ debaters: two(asked), judge, rounds: 5, endsEarly: true }));
    expect(outcome).toMatchObject({
      reason: 'done',
      content: '**Agreed**: a bridge.',
      detail: 'they agreed after round 2 of 5',
    });
    // What the judge has said in between is between it and the moderator.
    expect(shown(asked[3] as Asked)).toEqual(['user: Go.', 'pro1', 'con: con1']);
    expectWhole(tree);
  });

  it.each([
    ['AGREED', true],
    ['  "Agreed, on all.', true],
    ['NOT AGREED', false],
    ['AGREEDISH', false],
    ['They have agreed', false],
    ['{"passed":true}', true],
    ['{"passed":false,"note":"AGREED"}', false],
    ['', false],
  ])('reads %j as agreed: %s', (content, agreed) => expect(isAgreed(content)).toBe(agreed));

  it('ends without a verdict when its condition is true, or somebody says nothing', async () => {
    const judge = speaker('judge');
    const stopped = await play(debate({ debaters: two(), judge, stop: textMention('con1') }));
    expect(stopped.outcome).toMatchObject({ reason: 'text_mention', content: 'con1', turns: 2 });
    const silent = await play(debate({ debaters: [speaker('a'), speaker('b', [''])], judge }));
    expect(silent.outcome).toMatchObject({ reason: 'empty_answer', content: 'a1', turns: 2 });
    const mute = await play(debate({ debaters: two(), judge: speaker('judge', ['']), rounds: 1 }));
    expect(mute.outcome).toMatchObject({ reason: 'empty_answer', content: 'con1' });
  });

  it('waits for all who speak at once before it passes on what one of them throws', async () => {
    const broken = defineAgent({ id: 'b', respond: () => Promise.reject(new Error('broken')) });
    const slow = speaker('a', [], { delayMs: () => 20 });
    const { tree, error } = await play(
      debate({ debaters: [broken, slow], judge: speaker('j'), parallel: true }),
    );
    expect(error).toMatchObject({ message: 'broken' });
    expect(tree.messages.map(({ to, status }) => [to, status])).toEqual([
      ['b', 'rejected'],
      ['a', 'handled'],
    ]);
  });

  it('is judged by a critic over a real client, and takes part in a round', async () => {
    await using server = await startOfflineServer();
    const { tree, error, events } = await record((logger) => {
      const client = createLLMClient({ model: 'stand-in-1', baseURL: server.url, logger });
      const debaters = ['pro', 'con'].map((id) => new SimpleAgent({ id, client }));
      const judge = new CriticAgent({ id: 'judge', client, criteria: ['Both sides were heard.'] });
      const inner = debate({ debaters, judge, parallel: true, endsEarly: true });
      const writer = new SimpleAgent({ id: 'writer', client });
      return streamPattern(roundRobin({ agents: [inner, writer], maxTurns: 2 }), 'Are bridges good?', {
        logger,
      });
    });
    expect(error).toBeUndefined();
    expectWhole(tree);
    expect(events.at(-1)).toMatchObject({ outcome: { reason: 'max_turns', from: 'writer' } });
    const verdict = tree.messages.find(({ from, to }) => from === 'judge' && to === 'writer');
    expect(JSON.parse(String(verdict?.content))).toHaveProperty('passed');
    expect(verdict?.call_id).toBe(tree.agents.find(({ id }) => id === 'judge')?.calls.at(-1)?.id);
  });

  it('refuses what is no debate', () => {
    const debaters = two();
    const [pro] = debaters;
    if (pro === undefined) throw new Error('nobody');
    const judge = speaker('judge');
    const wrong: (() => unknown)[] = [
      () => debate({ debaters: [], judge }),
      () => debate({ debaters, judge: undefined as never }),
      () => debate({ debaters, judge: pro }),
      () => debate({ debaters: [pro, pro], judge }),
      () => debate({ debaters, judge, rounds: 0 }),
      () => debate({ debaters, judge, rounds: '2' as never }),
    ];
    for (const each of wrong) expect(each).toThrow(InvalidScenarioError);
  });
});
