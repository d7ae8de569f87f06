import type { Domain } from './domain.ts';

export const city: Domain = {
  name: 'city',
  cues: 'city town street traffic noise quiet quieter silence loud car bus tram bike bicycle road neighbourhood neighborhood urban pavement sidewalk mayor parking commute pedestrian transport square siren decibel pigeon'.split(
    ' ',
  ),
  levers: [
    {
      what: 'road surfaces',
      why: 'above walking pace it is the tyres that people hear, more than the engines',
      step: 'resurface the two loudest streets and leave a third one alone for comparison',
      twist: 'an asphalt that blushes when somebody drives too fast',
    },
    {
      what: 'delivery hours',
      why: 'most of what wakes people before six is a van in reverse',
      step: 'move deliveries on one street to the late morning',
      twist: 'a guild of bakers who deliver by rowing boat',
    },
    {
      what: 'speed limits at night',
      why: 'a slower street is quieter at once and needs no building works',
      step: 'try a night limit for six weeks on a single ring road',
      twist: 'a speed limit that is sung by a choir at the crossing',
    },
    {
      what: 'courtyards and trees',
      why: 'people who have one quiet side to their home complain far less about the loud one',
      step: 'open four locked courtyards to the people who live around them',
      twist: 'a tree that is elected to the council and refuses to be brief',
    },
    {
      what: 'the rules for building sites',
      why: 'a site is loud for a year, and nobody plans that year',
      step: 'publish a noise calendar for every building site',
      twist: 'a crane that has taken a vow',
    },
  ],
  proposals: [
    {
      say: 'give every street a bedtime, and let it sulk when it is kept awake',
      name: 'the bedtime for streets',
      sense: 'a fixed hour after which deliveries stop is something a council can write down and check',
    },
    {
      say: 'pay the loudest crossing a salary to take one day off a week',
      name: 'the salaried crossing',
      sense: 'a weekly closure is cheap, reversible and easy to measure',
    },
    {
      say: 'hide a library in the middle of the roundabout and make the cars whisper their way past it',
      name: 'the library in the roundabout',
      sense: 'drivers do slow down for a place that looks as if somebody lives in it',
    },
    {
      say: 'replace half the horns with violas, and see who still dares to honk',
      name: 'the viola horn',
      sense: 'sounds that people mind less are a field of study, not only a joke',
    },
    {
      say: 'auction the silence of each square to the bidder who promises not to use it',
      name: 'the auction of silence',
      sense: 'once quiet has a price, somebody has to keep the books on it',
    },
  ],
  measures: [
    'people on that street sleep with a window open',
    'two neighbours can talk across the street without raising their voices',
    'the number of night-time complaints falls by a third and stays there',
    'a child can hear the bell of its own school',
  ],
  people: [
    'shift workers who sleep by day',
    'the shopkeepers on the corner',
    'bus drivers',
    'the families on the ground floor',
  ],
  risks: [
    'the noise may simply move one street further',
    'the streets that shout loudest would be treated first, not the ones that suffer most',
    'what is quiet at noon can still be unbearable at four in the morning',
    'rents tend to rise wherever it becomes pleasant',
  ],
  questions: [
    'Which hour of the day would you fix first?',
    'Is the aim fewer decibels, or fewer interruptions?',
    'Who should be allowed to stay loud?',
  ],
  inversions: [
    'the city is not loud, it is lonely, and keeps clearing its throat',
    'quiet is not the absence of cars but the presence of something worth listening to',
    'perhaps people should be tuned to the city, one ear at a time',
  ],
  images: [
    'an orchestra that has forgotten it is allowed to stop',
    'a tram that wears slippers',
    'a map on which the streets are drawn by ear',
    'a square that holds its breath when a child falls asleep',
  ],
  daydreams: [
    'by spring the pigeons would have to learn sign language',
    'taxi drivers would trade rare silences like stamps',
    'tourists would come from far away to hear a spoon fall',
  ],
};
