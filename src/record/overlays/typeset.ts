import type { Pen } from '../../view/view.ts';
import { font } from './card.ts';

/** Set mathematics: its size about the baseline, and how it is drawn with its left end there. */
export interface Setting {
  readonly width: number;
  readonly ascent: number;
  readonly descent: number;
  draw(x: number, baseline: number): void;
}

/** Size of scripts and of limits, in that of what they stand at. */
const SCRIPT = 0.7;

/** Letters that Unicode has among the letter-like signs rather than among the mathematical ones. */
const ITALIC_H = '\u210e';

/** A single letter is set in italics, as a variable. */
function variable(text: string): string {
  const code = text.codePointAt(0) ?? 0;
  if (text.length !== 1) return text;
  if (text === 'h') return ITALIC_H;
  if (code >= 97 && code <= 122) return String.fromCodePoint(0x1d44e + code - 97);
  if (code >= 65 && code <= 90) return String.fromCodePoint(0x1d434 + code - 65);
  if (code >= 0x3b1 && code <= 0x3c9) return String.fromCodePoint(0x1d6fc + code - 0x3b1);
  return text;
}

/** Room beside an operator, in sizes. */
const beside = (text: string): number => (/^[+−=<>±]$/.test(text) ? 0.24 : /^[·,]$/.test(text) ? 0.12 : 0);

type Setter = (element: Element, size: number) => Setting;

/** Sets presentation MathML on a canvas: what formulas are made of. Others' elements are set as a row of what they hold. */
export function typesetter(pen: Pen): Setter {
  const text = (written: string, size: number, gap = 0): Setting => {
    pen.font = font.math(size);
    const width = pen.measureText(written).width + 2 * gap;
    return {
      width,
      ascent: 0.75 * size,
      descent: 0.22 * size,
      draw(x, baseline) {
        pen.font = font.math(size);
        pen.textAlign = 'left';
        pen.textBaseline = 'alphabetic';
        pen.fillText(written, x + gap, baseline);
      },
    };
  };

  const beneath = (parts: readonly (readonly [Setting, number, number])[], width: number): Setting => ({
    width,
    ascent: Math.max(...parts.map(([part, , up]) => part.ascent + up)),
    descent: Math.max(...parts.map(([part, , up]) => part.descent - up)),
    draw(x, baseline) {
      for (const [part, right, up] of parts) part.draw(x + right, baseline - up);
    },
  });

  /** A bracket as high as what it is around. */
  const bracket = (sign: string, size: number, { ascent, descent }: { ascent: number; descent: number }): Setting => {
    const height = ascent + descent;
    const plain = text(sign, size);
    const scale = Math.max(1, height / (0.98 * size));
    return {
      width: plain.width,
      ascent: Math.max(ascent, plain.ascent),
      descent: Math.max(descent, plain.descent),
      draw(x, baseline) {
        pen.save();
        pen.translate(x, baseline + descent - 0.22 * size * scale);
        pen.scale(1, scale);
        plain.draw(0, 0);
        pen.restore();
      },
    };
  };

  const row = (elements: readonly Element[], size: number): Setting => {
    const brackets = elements.map(
      ({ localName, textContent }) => localName === 'mo' && /^[()|[\]]$/.test(textContent ?? ''),
    );
    const settings = elements.map((element, k) => (brackets[k] ? null : set(element, size)));
    const around = { ascent: 0.75 * size, descent: 0.22 * size };
    for (const setting of settings) {
      around.ascent = Math.max(around.ascent, setting?.ascent ?? 0);
      around.descent = Math.max(around.descent, setting?.descent ?? 0);
    }
    let right = 0;
    const parts = settings.map((setting, k) => {
      const part = setting ?? bracket(elements[k].textContent ?? '', size, around);
      const placed = [part, right, 0] as const;
      right += part.width;
      return placed;
    });
    return parts.length > 0 ? beneath(parts, right) : text('', size);
  };

  /** What stands at the corner of a base: above it or below. */
  const script =
    (up: number): Setter =>
    ({ children }, size) => {
      const [base, raised] = [set(children[0], size), set(children[1], SCRIPT * size)];
      const lift = up > 0 ? Math.max(0.36 * size, base.ascent - 0.42 * size) : -Math.max(0.18 * size, base.descent);
      return beneath(
        [
          [base, 0, 0],
          [raised, base.width + 0.04 * size, lift],
        ],
        base.width + raised.width + 0.1 * size,
      );
    };

  const fraction: Setter = ({ children }, size) => {
    const [above, below] = [set(children[0], 0.86 * size), set(children[1], 0.86 * size)];
    const width = Math.max(above.width, below.width) + 0.3 * size;
    const axis = 0.26 * size;
    const [up, down] = [axis + 0.14 * size + above.descent, axis - 0.14 * size - below.ascent];
    const parts = beneath(
      [
        [above, (width - above.width) / 2, up],
        [below, (width - below.width) / 2, down],
      ],
      width,
    );
    return {
      ...parts,
      draw(x, baseline) {
        parts.draw(x, baseline);
        pen.fillRect(x + 0.06 * size, baseline - axis - 0.03 * size, width - 0.12 * size, 0.06 * size);
      },
    };
  };

  const root: Setter = ({ children }, size) => {
    const inner = row([...children], size);
    const [lead, up] = [0.62 * size, inner.ascent + 0.14 * size];
    return {
      width: inner.width + lead + 0.1 * size,
      ascent: up + 0.06 * size,
      descent: inner.descent,
      draw(x, baseline) {
        inner.draw(x + lead, baseline);
        pen.save();
        pen.strokeStyle = pen.fillStyle;
        pen.lineWidth = 0.06 * size;
        pen.beginPath();
        pen.moveTo(x + 0.06 * size, baseline - 0.3 * size);
        pen.lineTo(x + 0.2 * size, baseline - 0.36 * size);
        pen.lineTo(x + 0.36 * size, baseline + inner.descent);
        pen.lineTo(x + 0.56 * size, baseline - up);
        pen.lineTo(x + inner.width + lead + 0.06 * size, baseline - up);
        pen.stroke();
        pen.restore();
      },
    };
  };

  /** A sum with its limits under and over it. */
  const limits: Setter = ({ children }, size) => {
    const [base, under, over] = [
      set(children[0], 1.3 * size),
      set(children[1], SCRIPT * size),
      set(children[2], SCRIPT * size),
    ];
    const width = Math.max(base.width, under.width, over.width) + 0.12 * size;
    const middle = ({ width: own }: Setting): number => (width - own) / 2;
    return beneath(
      [
        [base, middle(base), -0.12 * size],
        [under, middle(under), -0.12 * size - base.descent - under.ascent],
        [over, middle(over), base.ascent + over.descent],
      ],
      width,
    );
  };

  /** Lines below each other: what is defined apart. */
  const table: Setter = ({ children }, size) => {
    const lines = [...children].map((line) => row([...line.children], size));
    let up = 0;
    const parts = lines.map((line, k) => {
      if (k > 0) up -= lines[k - 1].descent + line.ascent + 0.25 * size;
      return [line, 0, up] as const;
    });
    return beneath(parts, Math.max(...lines.map(({ width }) => width)));
  };

  const setters: Readonly<Record<string, Setter>> = {
    mi: ({ textContent }, size) => text(variable(textContent ?? ''), size),
    mn: ({ textContent }, size) => text(textContent ?? '', size),
    mo: ({ textContent }, size) => text(textContent ?? '', size, size * beside(textContent ?? '')),
    msup: script(1),
    msub: script(-1),
    mfrac: fraction,
    msqrt: root,
    munderover: limits,
    mtable: table,
  };

  const set: Setter = (element, size) =>
    setters[element.localName]?.(element, size) ?? row([...element.children], size);
  return set;
}
