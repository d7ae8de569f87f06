import { type LoopCase, nth, say, use } from './labelled-case.ts';

const reason = 'repeated_tool_call';
const instant = (i: number) => new Date(Date.UTC(2026, 10, 22, 10, 0, i * 7)).toISOString();

/** One agent runs the same tools for the same results. */
export const loopsOfTools: readonly LoopCase[] = [
  { name: 'the same search', reason, cycle: () => [use('a>user', 'search', { q: 'bridges' }, 'no results')] },
  {
    name: 'keys in another order',
    reason,
    cycle: (i) => [use('a', 'find', i % 2 ? { x: 1, y: 2 } : { y: 2, x: 1 }, 'none')],
  },
  {
    name: 'arguments as text, spaced differently',
    reason,
    cycle: (i) => [use('a', 'find', i % 2 ? '{"x":1}' : '{ "x": 1 }', 'none')],
  },
  {
    name: 'a file that is not there',
    reason,
    cycle: () => [use('coder>user', 'read_file', { path: 'notes.md' }, 'ENOENT: no such file')],
  },
  {
    name: 'the same test with the same failure',
    reason,
    cycle: () => [use('coder', 'run_tests', {}, '1 failed: expected 3, got 4')],
  },
  {
    name: 'announced in new words each time',
    reason,
    cycle: (i) => [
      use(
        'a',
        'search',
        { q: 'flights to Paris' },
        'no results',
        nth(
          [
            'Let me search for flights to Paris.',
            'I will try the search again.',
            'Sorry, running the same query once more.',
            'Let me double check the results.',
          ],
          i,
        ),
      ),
    ],
  },
  {
    name: 'an empty result',
    reason,
    cycle: () => [use('a', 'query', { sql: 'select 1 from t where false' }, '')],
  },
  {
    name: 'a result with a timestamp',
    reason,
    cycle: (i) => [use('a', 'status', { id: 7 }, { state: 'pending', checked_at: instant(i) })],
  },
  {
    name: 'a result with a request id',
    reason,
    cycle: (i) => [use('a', 'status', { id: 7 }, { state: 'failed', request_id: `req_${(i + 9) * 123457}` })],
  },
  {
    name: 'an error that names the trace',
    reason,
    cycle: (i) => [
      use('a', 'pay', { order: 3 }, `500 Internal Server Error (trace-id: ${(i + 3) * 7919}abc)`),
    ],
  },
  {
    name: 'a response with the date of HTTP',
    reason,
    cycle: (i) => [use('a', 'get', '/x', `404 Not Found\ndate: ${new Date(instant(i)).toUTCString()}`)],
  },
  {
    name: 'an epoch in a field',
    reason,
    cycle: (i) => [use('a', 'status', {}, { ok: false, timestamp: 1_790_000_000 + i * 5 })],
  },
  {
    name: 'two tools in each turn',
    reason,
    cycle: () => [
      {
        ...say('a', ''),
        toolRuns: [
          { name: 'list', arguments: {}, content: '[]' },
          { name: 'count', arguments: {}, content: '0' },
        ],
      },
    ],
  },
  { name: 'without arguments', reason, cycle: () => [use('a', 'refresh', undefined, 'done')] },
  {
    name: 'a tool that does not exist',
    reason,
    cycle: () => [use('a', 'serach', { q: 'x' }, 'unknown tool serach: there are search, read')],
  },
  {
    name: 'arguments that do not fit',
    reason,
    cycle: () => [use('a', 'book', { day: 'tomorow' }, 'day: expected a date')],
  },
  {
    name: 'a boss who asks in new words, a worker who does the same',
    reason,
    cycle: (i) => [
      say(
        'boss>worker',
        nth(
          [
            'Find the address.',
            'Look harder for it, the register must have it.',
            'Maybe the northern office knows?',
            'Do whatever it takes.',
            'The customer is waiting!',
            'Is there any other way?',
          ],
          i,
        ),
      ),
      use('worker>boss', 'lookup', { name: 'Orrin' }, 'not found'),
    ],
  },
  {
    name: 'a person who insists, a clerk who looks again',
    reason,
    cycle: (i) => [
      say(
        'person>clerk',
        nth(
          [
            'Where is my parcel?',
            'It should be here by now.',
            'The shop says it was sent.',
            'My neighbour got hers.',
            'I will complain.',
            'I mean it.',
          ],
          i,
        ),
      ),
      use('clerk>person', 'track', { parcel: 'RX1' }, 'registered', 'It is registered.'),
    ],
  },
  {
    name: 'two workers who take turns at what they did before',
    reason,
    cycle: (i) => [
      say('boss', `Idea ${i}`),
      use('x>boss', 'scan', { port: 1 }, 'closed'),
      use('y>boss', 'scan', { port: 2 }, 'closed'),
    ],
  },
  {
    name: 'a page that is opened again and again',
    reason,
    before: [use('surfer', 'open', 'https://example.test', 'Sign in')],
    cycle: () => [use('surfer>orchestrator', 'click', 'Sign in', 'Sign in')],
  },
  {
    name: 'an upload that never begins',
    reason,
    cycle: (i) => [
      say(
        'orchestrator>surfer',
        nth(
          [
            'Upload the recording.',
            'Upload the audio from the workspace.',
            'Proceed with uploading it to the site.',
            'The site takes files: give it ours.',
            'Press the button and choose it.',
            'Choose it.',
          ],
          i,
        ),
      ),
      use('surfer>orchestrator', 'click', 'drop your file here', 'the page has not changed'),
    ],
  },
  {
    name: 'counted tries',
    reason,
    cycle: (i) => [
      use('a', 'connect', { host: 'db' }, 'refused', `Attempt ${i + 1} failed, I will try again.`),
    ],
  },
];
