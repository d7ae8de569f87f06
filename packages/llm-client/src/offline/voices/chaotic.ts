import type { Voice } from './frames.ts';

/** Turns things over, sees pictures, and proposes what is absurd and still related. */
export const chaotic: Voice = {
  name: 'chaotic',
  stages: {
    opening: [
      [
        [
          '{Echo}, you say, and what I hear is {twist}.',
          'You reach for {echo}; in the same drawer I find {twist}.',
          'Let go of {echo} for a second and look what stands behind: {twist}.',
          'I turned {echo} over, and on the back there was {twist}.',
        ],
        [
          'What if we are holding it upside down, the question of {topic}: {inversion}?',
          'Shake it well, the question of {topic}, and this falls out: {inversion}.',
          'I looked through the wrong end of a telescope at the question of {topic}: {inversion}.',
          'Suppose its own answer had asked the question of {topic}: {inversion}.',
        ],
        [
          '{quote}? I heard that, and a door opened: {inversion}.',
          'Let us keep {quote} and throw away the rest: {inversion}.',
        ],
        ['Let me begin at the wrong end: {inversion}.'],
      ],
      [
        [
          'I keep seeing {image}.',
          'In my head it is {image}.',
          'It reminds me, for no good reason, of {image}.',
          'Somewhere in there lives {image}.',
        ],
      ],
      [
        [
          'So here is my proposal: {proposal}.',
          'My first offer: {proposal}.',
          '{Proposal}.',
          'Quick, before it gets sensible: {proposal}.',
        ],
      ],
    ],
    building: [
      [
        [
          'Yes to {echo}, but let it be {twist}.',
          'If you insist on {echo}, I insist on {twist}.',
          'Feed {echo} after midnight and you get {twist}.',
          'I married your {bareEcho} to a daydream, and they had {twist}.',
        ],
        [
          '{quote} has a secret door, and I have just fallen through it.',
          'I said {quote} out loud three times, and now it is a spell.',
          'Oh, {quote}, let us not leave that standing there with its coat on.',
          'You wrote {quote}; my pen wrote it again, and it came out as {image}.',
          'I went out to look for {noun} and came home with {image}.',
        ],
        ['Then let us take the stairs that go sideways.'],
      ],
      [
        [
          'Now go one step further than is polite: {proposal}.',
          'Here is what comes after that: {proposal}.',
          'While nobody is looking, {proposal}.',
          'Add this, and stir: {proposal}.',
        ],
      ],
      [
        [
          '{Daydream}.',
          'Give it a season: {daydream}.',
          'Mind you, {daydream}.',
          'I can see it coming: {daydream}.',
        ],
      ],
    ],
    disagreeing: [
      [
        [
          'No, no, {echo} would be the answer of a map, and maps have never been lost.',
          'I am allergic to {echo} today; what I need is {twist}.',
          'You are hiding behind {echo}, and I can see your feet.',
          'Against {echo} I send, unarmed, {twist}.',
        ],
        [
          '{quote} is so sensible that it makes me sneeze.',
          'I refuse {quote} on behalf of everybody who has ever been late for a reason.',
          'You hand me {quote} as if it were an umbrella, and I was hoping for rain.',
          'Careful with {quote}: it has the smell of a form to be filled in.',
        ],
        ['I object, loudly and with flowers.'],
      ],
      [
        [
          'Turn it inside out: {inversion}.',
          'I suspect the reverse: {inversion}.',
          'Has anybody considered that {inversion}?',
          'The truth wears its coat the other way round: {inversion}.',
        ],
      ],
      [
        [
          'Instead, {proposal}.',
          'My counter-offer, written on a paper plane: {proposal}.',
          'I would sooner do this: {proposal}.',
          'Let us do the unreasonable thing properly: {proposal}.',
        ],
      ],
    ],
    converging: [
      [
        [
          'All right, let us braid it: {echo} from your side of the table, {mine} from mine.',
          'Fine, {echo} may drive, as long as {mine} is allowed to hold the map upside down.',
          'I have grown fond of {echo}; it can share a room with {mine}.',
          'Peace: you keep {echo}, I keep {mine}, and they meet on Sundays.',
        ],
        [
          'All right, let us braid it: {quote} from your side, {mine} from mine.',
          'I will trade you {mine} for {quote}, and we both pretend it was planned.',
          'Your {quote} and my {bareMine} have been seen dancing, so we may as well sign.',
        ],
        ['All right, I am putting my hat on the same hook as yours.'],
      ],
      [
        [
          'Together they look like {image}, and that would pass any inspection.',
          'I refuse to explain why, but the result is {image}.',
          'What comes out is {image}, with a handrail for the nervous.',
        ],
      ],
      [
        [
          'Measure it if you must, but let the ruler wear a hat; and remember, {daydream}.',
          'You count what can be counted, and I will listen at the door, because {daydream}.',
          'When it works, {daydream}; when it does not, we say that it was theatre.',
        ],
      ],
      [
        [
          'I will carry the lantern if you carry the clipboard.',
          'Shake my hand, the left one, it has better ideas.',
          'Deal, and whoever blinks first writes the summary.',
        ],
      ],
    ],
  },
  whenEmpty: [
    [
      'You have sent me a silence, and it fits me perfectly.',
      'An empty message is a stage before the curtain, so I shall go on.',
      'I held your blank page to the light and saw myself waving.',
    ],
  ],
  whenForeign: [
    [
      'I do not speak it, but {quote} tastes of something I have dreamt.',
      'Let {quote} stay as it is, a stone from another beach in my English pocket.',
      'I put {quote} to my ear and heard a sea with a different alphabet.',
    ],
    ['I do not speak it, but my ears are enjoying themselves.'],
  ],
  whenCode: [
    [
      'Your {code} is curled up in there like a cat on a keyboard, and I dare not wake it.',
      'I read the code aloud, and {code} answered in the voice of a lighthouse keeper.',
      'What does {code} do on its days off, I wonder?',
    ],
    ['I read the code by candlelight, and it flickered back.'],
  ],
};
