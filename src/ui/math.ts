import typeset from 'virtual:typeset';

const NAMESPACE = 'http://www.w3.org/1998/Math/MathML';

/** MathML from the formula compiler as an element: parsed as XML, so that nothing in it can be markup of the page. */
export function mathOf(mathml: string): Element {
  const text = mathml.replace('<math', `<math xmlns="${NAMESPACE}"`);
  const parsed = new DOMParser().parseFromString(text, 'application/xml').documentElement;
  return document.importNode(parsed, true);
}

/** Signs before which a formula may go on in the next line. */
const BREAKS = new Set(['+', '−']);

/**
 * A sum in pieces that follow each other as words do, so that a long one runs over several lines, which MathML itself
 * does not. Anything else is one piece.
 */
export function breakable(math: Element): Element[] {
  const sum = math.firstElementChild;
  if (math.childElementCount !== 1 || sum?.localName !== 'mrow') {
    return [math];
  }
  const pieces: Element[][] = [[]];
  for (const part of [...sum.children]) {
    const breaks = part.localName === 'mo' && BREAKS.has(part.textContent ?? '');
    if (breaks && pieces[pieces.length - 1].length > 0) {
      pieces.push([]);
    }
    if (breaks && pieces.length > 1) {
      // At the beginning of a piece it would be taken for the sign of a number.
      part.setAttribute('form', 'infix');
    }
    pieces[pieces.length - 1].push(part);
  }
  return pieces.map((parts) => {
    const piece = document.createElementNS(NAMESPACE, 'math');
    piece.setAttribute('displaystyle', 'true');
    piece.append(...parts);
    return piece;
  });
}

/**
 * An element that shows TeX from a registry.
 * @param display larger, as on a line of its own
 */
export function tex(source: string, display = false): HTMLElement {
  const into = document.createElement('span');
  into.className = display ? 'math math-display' : 'math';
  setTex(into, source, display);
  return into;
}

/** Shows other TeX in an element, or MathML where the source is that; TeX of no registry is shown as it is written. */
export function setTex(into: HTMLElement, source: string, display = false): void {
  if (into.dataset.tex !== source) {
    into.dataset.tex = source;
    const mathml = source.startsWith('<math') ? source : typeset[source]?.[display ? 1 : 0];
    into.replaceChildren(mathml ? mathOf(mathml) : source);
  }
}
