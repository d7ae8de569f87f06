/** The colours of one theme. */
export interface Palette {
  paper: string;
  panel: string;
  line: string;
  ink: string;
  inkSoft: string;
  inkFaint: string;
  bad: string;
  /** People and models. */
  neutral: string;
  /** Of agents, in this order, over and over. */
  agents: readonly string[];
}

/**
 * The page's colours (`src/page/styles/tokens.css`) as sRGB, because programs that put pictures into papers
 * and talks know neither `oklch()` nor `light-dark()`. A test compares the two.
 */
export const PALETTES: { light: Palette; dark: Palette } = {
  light: {
    paper: '#fbfbfa',
    panel: '#ffffff',
    line: '#e6e5e1',
    ink: '#1c1f24',
    inkSoft: '#545a64',
    inkFaint: '#636973',
    bad: '#c02626',
    neutral: '#6d7480',
    agents: [
      '#2570cc',
      '#ce7c22',
      '#0a8d83',
      '#9343bc',
      '#3c8b45',
      '#ca488f',
      '#3ba2ca',
      '#786823',
      '#4c44a4',
      '#8a533f',
    ],
  },
  dark: {
    paper: '#14161a',
    panel: '#191c21',
    line: '#2a2f37',
    ink: '#e7e9ec',
    inkSoft: '#a8afba',
    inkFaint: '#8d95a1',
    bad: '#ff7b72',
    neutral: '#99a1ad',
    agents: [
      '#6ca7f5',
      '#eca851',
      '#5bc6ba',
      '#c58ce7',
      '#75cc7c',
      '#ef87ba',
      '#7dcaeb',
      '#c6b96b',
      '#9088f0',
      '#cf957b',
    ],
  },
};
