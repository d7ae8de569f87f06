import { PALETTES, type Palette } from './palette.ts';

/** Which colours a picture has; `auto` follows the reader's system, where the program that shows it can. */
export type SvgTheme = 'light' | 'dark' | 'auto';

/** The style sheet of a picture: plain CSS without variables, which not every program knows. */
export function svgStyle(theme: SvgTheme): string {
  const { light, dark } = PALETTES;
  const colours =
    theme === 'auto'
      ? `${colourRules(light)}\n@media (prefers-color-scheme:dark){\n${colourRules(dark)}\n}`
      : colourRules(PALETTES[theme]);
  return `${SHAPES}\n${colours}`;
}

/** The page's sans-serif stack; every system has one of them. */
const FONTS = `Inter,ui-sans-serif,system-ui,-apple-system,'Segoe UI','Noto Sans',Helvetica,Arial,sans-serif`;

const SHAPES = `text{font-family:${FONTS};font-size:12.5px}
.title{font-size:17px;font-weight:650}
.facts,.legend text,.group text{font-size:11.5px}
.middle,.count,.times{text-anchor:middle}
.body{stroke-width:1.75}
.tint{fill:currentColor;fill-opacity:.13;stroke:currentColor;stroke-width:1.75}
.person .tint{fill-opacity:0;stroke-width:1.5}
.model .tint,.tool .tint{fill-opacity:.07;stroke-width:1}
.silent{opacity:.6}
.silent .tint{stroke-dasharray:3 3}
.sign{fill:none;stroke:currentColor;stroke-width:1.6;stroke-linecap:round;stroke-linejoin:round}
.count{fill:currentColor;font-size:13.5px;font-weight:650}
.model .count,.tool .count{font-size:11.5px;font-weight:550}
.label{font-weight:550}
.model .label,.tool .label,.person .label{font-weight:450}
.label,.times{paint-order:stroke;stroke-width:4px;stroke-linejoin:round}
.times{fill:currentColor;font-size:11px;font-weight:650}
.errors{fill:none;stroke-width:4.5}
.message path,.call path,.tool-call path{fill:none;stroke:currentColor;stroke-opacity:.62}
.call path,.tool-call path{stroke-linecap:round;stroke-opacity:.75}
.call path{stroke-width:1.6;stroke-dasharray:.1 4}
.tool-call path{stroke-width:1.2;stroke-dasharray:5 3}
path.head{fill:currentColor;fill-opacity:.85;stroke:none}
.many .call path,.many .tool-call path{stroke-opacity:.4}
.many .call .head,.many .tool-call .head{fill-opacity:.5}
.very path{stroke-opacity:.25}
.group rect{fill:none;stroke-dasharray:4 4}
.cell{fill:currentColor}
.grid{fill:none;stroke-width:1}
.cells text{font-size:10px}`;

function colourRules({ paper, panel, line, ink, inkSoft, inkFaint, bad, neutral, agents }: Palette): string {
  return `.paper{fill:${paper}}
text{fill:${ink}}
.facts,.legend text,.group text,.model .label,.tool .label,.person .label,.silent .label{fill:${inkSoft}}
.body{fill:${panel}}
.label,.times{stroke:${paper}}
.count,.times{fill:currentColor}
.group rect,.grid{stroke:${line}}
.bar{stroke:${line};fill:none}
.errors{stroke:${bad}}
.fault{fill:${bad}}
.on{fill:${paper}}
.person,.model,.tool,.plain{color:${neutral}}
.call,.tool-call{color:${inkFaint}}
${agents.map((colour, index) => `.a${index}{color:${colour}}`).join('\n')}`;
}
