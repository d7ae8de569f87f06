import type { Tone } from '../../text/status.ts';
import { TONES } from './tones.ts';

/** The page's colours as a canvas takes them. */
export interface Palette {
  ink: string;
  inkSoft: string;
  inkFaint: string;
  line: string;
  paper: string;
  accent: string;
  tones: Record<Tone, string>;
  /** How the bars of a tone are filled where colour alone does not tell: hatched, dotted. */
  patterns: Record<'bad' | 'warn', CanvasPattern | string>;
  /** A speaker's, by place. */
  speakers: readonly string[];
  /** The same, soft, for bars. */
  bars: readonly string[];
  font: string;
}

/** Reads the colours of the theme that is in use; they are CSS, which a canvas cannot resolve by itself. */
export function readPalette(root: Element, colours: readonly string[]): Palette {
  const probe = document.createElement('span');
  probe.hidden = true;
  root.append(probe);
  const known = new Map<string, string>();
  const resolve = (colour: string): string => {
    let resolved = known.get(colour);
    if (resolved === undefined) {
      probe.style.color = colour;
      resolved = getComputedStyle(probe).color;
      known.set(colour, resolved);
    }
    return resolved;
  };
  const tone = (name: Tone) => resolve(`var(--${TONES[name]})`);
  const stripe = resolve('var(--stripe)');
  const tones = { good: tone('good'), bad: tone('bad'), warn: tone('warn'), open: tone('open') };
  const palette: Palette = {
    ink: resolve('var(--ink)'),
    inkSoft: resolve('var(--ink-soft)'),
    inkFaint: resolve('var(--ink-faint)'),
    line: resolve('var(--line)'),
    paper: resolve('var(--paper)'),
    accent: resolve('var(--accent)'),
    tones,
    patterns: { bad: hatch(tones.bad, stripe), warn: dots(tones.warn, stripe) },
    speakers: colours.map(resolve),
    bars: colours.map((colour) => resolve(`color-mix(in oklch, ${colour} 82%, var(--panel))`)),
    font: getComputedStyle(root).fontFamily,
  };
  probe.remove();
  return palette;
}

function hatch(colour: string, stripe: string): CanvasPattern | string {
  return pattern(colour, (context) => {
    context.strokeStyle = stripe;
    context.globalAlpha = 0.72;
    context.lineWidth = 1.6;
    context.beginPath();
    for (const shift of [-6, 0, 6]) {
      context.moveTo(shift - 1, 7);
      context.lineTo(shift + 7, -1);
    }
    context.stroke();
  });
}

function dots(colour: string, stripe: string): CanvasPattern | string {
  return pattern(colour, (context) => {
    context.fillStyle = stripe;
    context.globalAlpha = 0.72;
    context.fillRect(1, 1, 2, 2);
    context.fillRect(4, 4, 2, 2);
  });
}

function pattern(colour: string, draw: (context: CanvasRenderingContext2D) => void): CanvasPattern | string {
  const tile = document.createElement('canvas');
  tile.width = tile.height = 6;
  const context = tile.getContext('2d');
  if (context === null) return colour;
  context.fillStyle = colour;
  context.fillRect(0, 0, 6, 6);
  draw(context);
  return context.createPattern(tile, 'repeat') ?? colour;
}
