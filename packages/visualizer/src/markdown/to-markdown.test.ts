import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildAgent, buildCall, buildMessage, buildTree, timeAt } from '../fixtures/build-tree.ts';
import { anyTree } from '../fixtures/tree-arbitrary.ts';
import { fenced } from './fenced.ts';
import { inlineText } from './inline-text.ts';
import { toMarkdown } from './to-markdown.ts';

describe('inlineText', () => {
  it.each([
    ['Ann, the writer', 'Ann, the writer'],
    ['a_b_c', '`a_b_c`'],
    ['www.example.com', '`www.example.com`'],
    ['@everybody', '`@everybody`'],
    ['a`b', '``a`b``'],
    ['`', '`` ` ``'],
    ['a|b', '`a¦b`'],
    ['<b>\nx', '`<b> x`'],
    ['- x', '`- x`'],
    ['', '(empty)'],
  ])('%j becomes %j', (text, inline) => {
    expect(inlineText(text)).toBe(inline);
  });
});

it('fences with more backticks than there are in a text', () => {
  expect(fenced('a\n```\nb')).toBe('````text\na\n```\nb\n````\n');
  expect(fenced('\u001b[31m\r\nx\n\n')).toBe('```text\n\ufffd[31m\nx\n```\n');
});

describe('toMarkdown', () => {
  const failing = buildCall('c2', {
    started_at: timeAt(5),
    status: 'error',
    post: {},
    error: { type: 'RateLimitError', code: 'rate_limit', status: 429, message: '# slow down' },
    tool_calls: [
      { id: 't1', name: 'look_up', arguments: { q: 1 }, result: 'found', status: 'ok', duration_ms: 3 },
    ],
  });
  const tree = buildTree({
    name: 'demo',
    agents: [buildAgent('ann', [buildCall('c1'), failing])],
    messages: [
      buildMessage({ from: 'ann', to: 'bob', call_id: 'c1', content: 'hi' }),
      buildMessage({ from: 'ann', to: 'eve', call_id: 'c1', content: 'hi' }),
      buildMessage({ from: 'bob', to: 'ann', at: timeAt(9), content: 'lost', status: 'dead_lettered' }),
    ],
  });

  it('tells the run, the agents, and what was said in order', () => {
    const text = toMarkdown(tree);
    expect(text).toMatch(/^# demo\n\n- Run: `?run-1`?\n- Status: \*\*completed\*\*\n/);
    expect(text.match(/^### .*$/gm)).toEqual([
      '### 1. ann → bob, eve · 09:00:03',
      '### 2. ann → gpt-5-mini · 09:00:05',
      '### 3. bob → ann · 09:00:09',
    ]);
    // What was said and what the model answered are the same, and stand there once.
    expect(text.match(/^hi$/gm)).toHaveLength(1);
    expect(text).toContain('- call c1 · `openai/gpt-5-mini` · ok · 1 s\n');
    expect(text).toContain('**This message was dead lettered.**');
  });

  it('tells a call of which no message came by its request, tools and error', () => {
    const text = toMarkdown(tree);
    expect(text).toContain('**to the model** user\n\n```text\nhello\n```\n');
    expect(text).toContain(
      '**Tool** `look_up` · ok · 3 ms\n\n```json\n{\n  "q": 1\n}\n```\n\nresult:\n\n```text\nfound\n```\n',
    );
    expect(text).toContain('**Error** `RateLimitError rate_limit 429`\n\n```text\n# slow down\n```\n');
  });

  it('lets nothing of a run out of its fences and its code', () => {
    // Outside of fences, and with code taken out, only what this package writes is left.
    const OWN = /^[\p{L}\p{N}\p{M} #*|:.,·→¦–≥$()'-]*$/u;
    fc.assert(
      fc.property(anyTree, (any) => {
        const text = toMarkdown(any);
        let fence: string | undefined;
        for (const line of text.split('\n')) {
          const [, ticks] = /^(`{3,})/.exec(line) ?? [];
          if (fence !== undefined) {
            if (ticks === fence && line === fence) fence = undefined;
          } else if (ticks !== undefined && /^`+(?:text|json)$/.test(line)) fence = ticks;
          else expect(line.replace(/(`+)(?!`).*?(?<!`)\1(?!`)/g, '')).toMatch(OWN);
        }
        expect(fence).toBeUndefined();
      }),
    );
  });
});
