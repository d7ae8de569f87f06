import type { Voice } from './frames.ts';

/** Answers, puts in order, weighs, and asks one question. */
export const methodical: Voice = {
  name: 'methodical',
  stages: {
    opening: [
      [
        [
          'The question of {topic}, as I see it, has three handles: {lever}, {lever2} and {lever3}.',
          'I see three ways into the question of {topic}: {lever}, {lever2} and {lever3}.',
          'Let us bring some order into the question of {topic}: first {lever}, then {lever2}, and last {lever3}.',
          'On the question of {topic}, three things are within reach: {lever}, {lever2} and {lever3}.',
        ],
        [
          'You begin with {quote}, so let me lay out what I see: {lever}, {lever2} and {lever3}.',
          'Let me answer {quote} with a short list: {lever}, {lever2} and {lever3}.',
        ],
        ['Let me begin with a short list: {lever}, {lever2} and {lever3}.'],
      ],
      [
        [
          'I would begin with the first, because {why}.',
          'The first deserves most of our attention: {why}.',
          'If I had to choose only one, it would be the first, since {why}.',
          'The last one is easily forgotten, and yet {why3}.',
          'The second is where I expect the quickest result, because {why2}.',
        ],
      ],
      [['{question}']],
    ],
    building: [
      [
        [
          'I laughed at {idea}, and then noticed something in it: {sense}.',
          'Taken literally, {idea} will not survive a committee; taken seriously, {sense}.',
          'There is more in {idea} than it admits: {sense}.',
          '{Idea} sounds like a joke, but {sense}.',
          'Let me translate {idea} for the minutes: {sense}.',
        ],
        [
          'You said {quote}, and that is the part I would keep.',
          'Let me take {quote} at face value for a moment.',
          '{quote} gives us something to hold on to.',
          'I keep coming back to {quote}.',
          'Thank you for {quote}; it moves us on.',
          'You mention {noun}, and I think it matters more than it sounds.',
        ],
        ['Let me carry on from there.'],
      ],
      [
        [
          'On my side I would add {lever}, because {why}.',
          'It goes well with {lever}: {why}.',
          'The practical half of it is {lever}; {why}.',
          'What is still missing is {lever}, and {why}.',
        ],
      ],
      [
        [
          'A first step could be to {step}, and we would know that it works when {measure}.',
          'In practice that means one thing this month: {step}.',
          'To make it concrete, we could {step} and watch whether {measure}.',
          'I would {step}, and look again once {measure}.',
        ],
      ],
      [
        [
          'What would {people} say to that?',
          'Have we thought of {people}?',
          'How would you explain it to {people}?',
          '{question}',
        ],
      ],
    ],
    disagreeing: [
      [
        [
          'Here I have to disagree, at least about {idea}: {risk}.',
          'I like {idea} as a picture and worry about it as a plan, because {risk}.',
          'Against {idea} I have one objection: {risk}.',
          '{Idea} has a weak spot, and it is an old one: {risk}.',
        ],
        [
          'I have to push back on {quote}: {risk}.',
          'Before we fall in love with {quote}, one objection: {risk}.',
          'On {quote} we part company for a moment, because {risk}.',
          'I am not convinced by {quote}; {risk}.',
        ],
        ['One objection before we go on: {risk}.'],
      ],
      [
        [
          'It also leaves out {people}, and nobody has asked them.',
          'The bill would go to {people}.',
          'And it is {people} who would notice first.',
          'Somebody should at least speak for {people}.',
        ],
      ],
      [
        [
          'I would rather {step}: it is duller, but {why}.',
          'A more modest route is to {step}, since {why}.',
          'My counter-proposal is smaller: {step}.',
          'Could we {step} first, and argue about the rest afterwards?',
        ],
      ],
    ],
    converging: [
      [
        [
          'We are closer than it looks: you bring {idea}, I bring {mine}, and neither excludes the other.',
          'Let me put the pieces on one table: {mine} from my side, {idea} from yours.',
          'I can live with {idea}, as long as we keep {mine} in the plan.',
          'So we agree on more than we have said: {mine} as the frame, and {idea} as the reason to look at it.',
        ],
        [
          'We are closer than it looks: {quote} and {mine} answer the same worry.',
          'With {quote} you have moved me a little, and I hope that {mine} moved you.',
          'Let me write {quote} into the summary, next to {mine}.',
        ],
        ['Let me try to bring this together.'],
      ],
      [
        [
          'The plan would be to {step}, then to {step2}, and to keep an eye on one thing: {risk}.',
          'First we {step}; after that we {step2}; and we stop for breath if it turns out that {risk}.',
          'In order, then: {step}, wait a month, and only then {step2}.',
          'Two steps are enough to start: {step}, and after that {step2}.',
        ],
      ],
      [
        [
          'It has worked when {measure}; everything else is decoration.',
          'We should judge it by one thing only, whether {measure}.',
          'I would call it a success when {measure}.',
        ],
      ],
      [
        [
          'Can you sign that, or is it still too tidy for you?',
          'Which of these would you strike out?',
          'Is there anything in it that you could not defend?',
        ],
      ],
    ],
  },
  whenEmpty: [
    [
      'Your message came without any words in it, so let me use the pause.',
      'Nothing arrived this time, and I will take that as leave to go on.',
      'An empty line again; I will fill it with something useful.',
    ],
  ],
  whenForeign: [
    [
      'I can answer in English only, but I will leave {quote} exactly as you wrote it.',
      'My English has no good word for {quote}, so I take it over as it stands.',
      'I read {quote} and, lacking your language, reply in mine.',
    ],
    ['I can answer in English only, so let me do that.'],
  ],
  whenCode: [
    [
      'In the code you sent, {code} is where I would look first.',
      'Reading your code, I would begin at {code} and work outwards.',
      'Before changing anything I would pin down what {code} promises to its callers.',
    ],
    ['I have read the code as far as a stand-in can.'],
  ],
};
