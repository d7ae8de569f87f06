import type { Domain } from './domain.ts';

export const food: Domain = {
  name: 'food',
  cues: 'food cook cooking kitchen recipe eat eating meal dinner lunch breakfast bread soup restaurant taste coffee tea cake vegetable spice chef bake baking hungry diet flavour flavor salt menu bakery baker oven rye pan pot'.split(
    ' ',
  ),
  levers: [
    {
      what: 'the quality of three ingredients',
      why: 'a plain dish of good things beats a clever dish of tired ones',
      step: 'spend the budget on salt, oil and one vegetable in season',
      twist: 'a tomato with references',
    },
    {
      what: 'heat and patience',
      why: 'most flavour comes from browning, and browning cannot be hurried',
      step: 'cook the same onion for five, fifteen and forty minutes and taste them side by side',
      twist: 'an onion that finishes its novel before it turns golden',
    },
    {
      what: 'a shorter menu',
      why: 'five dishes made every day improve, and fifty do not',
      step: 'cross out half of the list for two weeks',
      twist: 'a menu with one word on it, and that word is perhaps',
    },
    {
      what: 'tasting at every step',
      why: 'a mistake is easy to mend in the pot and impossible on the plate',
      step: 'leave a spoon at every station and make its use a rule',
      twist: 'a spoon that keeps a grudge',
    },
    {
      what: 'the seating plan',
      why: 'people remember the table longer than the sauce',
      step: 'set one long table instead of six small ones',
      twist: 'a chair that introduces you to your neighbour',
    },
  ],
  proposals: [
    {
      say: 'serve the dessert first, and let the soup plead its case',
      name: 'the pleading soup',
      sense: 'changing the order shows which course people finish because they want to',
    },
    {
      say: 'let every guest season the plate of a stranger',
      name: 'the stranger with the salt',
      sense: 'it makes people taste before they judge, which few of us do',
    },
    {
      say: 'cook from memory a dish that nobody present has ever eaten',
      name: 'the invented memory',
      sense: 'it separates technique from recipe, and shows which of the two is missing',
    },
    {
      say: 'pay for the meal in stories, with change given in gossip',
      name: 'the bill in stories',
      sense: 'a place that people talk in is a place that they come back to',
    },
    {
      say: 'ask the bread what it would like to be dipped in',
      name: 'the opinion of the bread',
      sense: 'starting from the cheapest thing on the table is good housekeeping',
    },
  ],
  measures: [
    'plates come back empty without anybody having been polite',
    'somebody asks how it was made',
    'the bin at the end of the evening is half as heavy',
    'guests stay after the last course',
  ],
  people: [
    'those who wash up',
    'children who eat four things',
    'the people who cook for one',
    'guests who cannot eat wheat',
  ],
  risks: [
    'novelty fills a room once, and habit fills it on Tuesdays',
    'it takes twice the time in a kitchen that has none to spare',
    'what delights six people can be impossible for sixty',
    'the cost of it hides in the leftovers',
  ],
  questions: [
    'Who is coming, and how hungry will they be?',
    'Which taste should be the last one?',
    'What would you be willing to throw off the menu?',
  ],
  inversions: [
    'the meal is hungry, and we are what it has been waiting for',
    'a recipe is a letter from somebody who could not come',
    'perhaps it is the appetite that should be cooked slowly, and the food left alone',
  ],
  images: [
    'a kettle rehearsing for the opera',
    'a soup with a window seat',
    'a kitchen where the spices sit on a jury',
    'a loaf that remembers being a field',
  ],
  daydreams: [
    'the forks would go on strike and the spoons would be insufferable about it',
    'by midnight the neighbours would be leaning in through the window with plates',
    'the critics would review the silence between two bites',
  ],
};
