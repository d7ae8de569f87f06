import type { Domain } from './domain.ts';

export const arts: Domain = {
  name: 'arts',
  cues: 'art music song story novel poem poetry write writing film theatre theater paint painting museum dance design game play photograph concert band character plot artist sing orchestra comic creativity'.split(
    ' ',
  ),
  levers: [
    {
      what: 'a strict form',
      why: 'a limit decides a hundred small things, so that one can attend to the large one',
      step: 'fix the length first, and make it half of what feels right',
      twist: 'a sonnet with a low ceiling',
    },
    {
      what: 'the first thirty seconds',
      why: 'people decide early whether to lend their attention, and they rarely revise it',
      step: 'write three beginnings and show them to somebody who owes you nothing',
      twist: 'an overture that knocks and runs away',
    },
    {
      what: 'the art of leaving out',
      why: 'an audience trusts a work that trusts it with a gap',
      step: 'remove one explanation and see if anybody asks for it',
      twist: 'a silence with its own dressing room',
    },
    {
      what: 'one honest detail',
      why: 'a single thing that was really observed makes the invented ones believable',
      step: 'go and look at the thing for an hour before adding another line',
      twist: 'a button that remembers every coat',
    },
    {
      what: 'unfinished work shown early',
      why: 'at that stage people still say what they think',
      step: 'show a rough version to five people and only take notes',
      twist: 'a premiere in slippers',
    },
  ],
  proposals: [
    {
      say: 'give the leading part to the furniture, and let the hero be whatever they keep bumping into',
      name: 'the leading armchair',
      sense: 'seeing the whole from a minor part is a good test of the structure',
    },
    {
      say: 'finish it in the middle, bow, and then explain nothing backwards',
      name: 'the ending in the middle',
      sense: 'moving the climax shows at once which scenes were only waiting for it',
    },
    {
      say: 'let the audience rehearse while the artists watch and take offence',
      name: 'the rehearsing audience',
      sense: 'watching others try the thing tells you what it asks of them',
    },
    {
      say: 'throw away the best line and keep the space where it stood',
      name: 'the missing line',
      sense: 'a work that depends on one good line is usually hiding something behind it',
    },
    {
      say: 'translate it into a language of doors, and translate it back after lunch',
      name: 'the language of doors',
      sense: 'moving a work into another medium is a thorough way to find its core',
    },
  ],
  measures: [
    'somebody describes it to a friend and gets it a little wrong',
    'people are silent for a moment at the end',
    'you want to see it again yourself',
    'the person who did not like it can say exactly why',
  ],
  people: [
    'those who came by accident',
    'the beginners in the second row',
    'people who think that it is not for them',
    'whoever has to carry the set',
  ],
  risks: [
    'an idea that is fun to explain can be tiring to sit through',
    'surprise wears off, and something has to remain',
    'friends are kind, and kindness is a poor editor',
    'a form that is broken before it is understood is merely broken',
  ],
  questions: [
    'Whom would you like to reach who would otherwise not come?',
    'What should somebody remember of it a week later?',
    'Which part would hurt most to cut?',
  ],
  inversions: [
    'the work has been waiting for an audience to be finished',
    'the applause comes first, and the rest is spent deserving it',
    'perhaps the frame is the painting, and the painting is what it frames us with',
  ],
  images: [
    'a piano that is afraid of hands',
    'a museum that visits people at home',
    'a comma on its way to becoming a moon',
    'a curtain with opinions about the second act',
  ],
  daydreams: [
    'the critics would have to be tuned before every performance',
    'by the last row the plot would be growing mushrooms',
    'the encore would leave early to avoid the crowd',
  ],
};
