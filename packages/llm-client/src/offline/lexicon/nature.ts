import type { Domain } from './domain.ts';

export const nature: Domain = {
  name: 'nature',
  cues: 'nature garden plant tree forest climate weather water river ocean sea bird bee animal soil energy carbon planet earth green sustainable recycling waste park rain flower insect wind solar whale fish dolphin fox wolf lake mountain moss nest'.split(
    ' ',
  ),
  levers: [
    {
      what: 'the health of the soil',
      why: 'whatever grows above it can only be as patient as what lies below',
      step: 'leave one strip undug for a year and compare it with its neighbour',
      twist: 'a compost heap with a waiting list',
    },
    {
      what: 'water that stays where it falls',
      why: 'a gutter is a fast way of turning a gift into a problem',
      step: 'unseal ten square metres and watch them through one heavy rain',
      twist: 'a puddle with a season ticket',
    },
    {
      what: 'many kinds instead of one',
      why: 'a mixture loses a little every year, and a monoculture loses everything once',
      step: 'plant five kinds where there is one now',
      twist: 'a parliament of weeds, with a strict speaker',
    },
    {
      what: 'using less before making more',
      why: 'the cleanest unit is the one that nobody needed',
      step: 'find the one thing that runs all night and ask for whom',
      twist: 'a light switch that asks if you are lonely',
    },
    {
      what: 'care over many years',
      why: 'planting is an afternoon, and keeping alive is a decade',
      step: 'name one person for each tree and give that person a watering can',
      twist: 'a godparent for every acorn',
    },
  ],
  proposals: [
    {
      say: 'give the river a vote, and count it by how high it rises',
      name: 'the vote of the river',
      sense: 'a gauge that triggers a decision is better than a meeting that follows a flood',
    },
    {
      say: 'let the weeds win in one place and write down what they do with the victory',
      name: 'the victory of the weeds',
      sense: 'a plot that is left alone is the control that every experiment here is missing',
    },
    {
      say: 'rent the lawn to the bees and live on the interest',
      name: 'the tenancy of the bees',
      sense: 'mowing twice a year instead of twenty times saves money before it saves anything else',
    },
    {
      say: 'apologise to a tree in public once a month, by name',
      name: 'the monthly apology',
      sense: 'a fixed date on which somebody looks at every tree is called an inspection',
    },
    {
      say: 'lend the wind a coat, and ask for it back with news from the coast',
      name: 'the borrowed coat of the wind',
      sense: 'measuring where the wind really goes is cheaper than assuming it',
    },
  ],
  measures: [
    'something nests there that nobody invited',
    'the ground is still damp three days after the rain',
    'it survives the gardener being away in August',
    'the same work needs a third less of everything bought',
  ],
  people: [
    'the farmers upstream',
    'people without a garden',
    'whoever holds the hose in July',
    'the children who will inherit the shade',
  ],
  risks: [
    'a mild year makes every idea look good',
    'what is planted for the photograph is seldom watered afterwards',
    'it helps here and quietly costs somebody downstream',
    'nature keeps a slower calendar than a budget does',
  ],
  questions: [
    'What would grow there if we did nothing at all?',
    'How many years are you willing to wait?',
    'Which part of it would still work in a dry summer?',
  ],
  inversions: [
    'we are the weather that happens to the garden',
    'it is not the forest that needs saving but our habit of standing outside it',
    'perhaps the seed plants us, a little deeper every spring',
  ],
  images: [
    'a greenhouse that grows windows',
    'a cloud with an office job',
    'a hedge that keeps minutes',
    'a snail carrying the town plan on its back',
  ],
  daydreams: [
    'by June the moss would be giving interviews',
    'the gulls would return our post with corrections',
    'every umbrella would resign out of respect',
  ],
};
