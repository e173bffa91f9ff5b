const MINUS = '\u2212';

/** A power of ten as it is printed: 1.2e−7. */
function withExponent(value: number, digits: number): string {
  const [mantissa, exponent] = value.toExponential(Math.max(0, digits - 1)).split('e');
  const short = mantissa.includes('.') ? mantissa.replace(/\.?0+$/, '') : mantissa;
  return `${short}e${Number(exponent)}`;
}

/** A number as it is read: so many significant digits, a true minus, powers of ten where it is far from 1. */
export function shown(value: number, digits = 3): string {
  if (Number.isNaN(value)) {
    return 'no number';
  }
  if (!Number.isFinite(value)) {
    return value > 0 ? '∞' : `${MINUS}∞`;
  }
  const size = Math.abs(value);
  const plain = value === 0 || (size >= 0.9995e-3 && size < 0.9995 * 10 ** Math.max(5, digits));
  const decimals = value === 0 ? 0 : Math.max(0, digits - 1 - Math.floor(Math.log10(size)));
  return (plain ? value.toFixed(Math.min(decimals, 12)) : withExponent(value, digits)).replace(/-/g, MINUS);
}

/** A number for a field in which it can be edited: at most six digits, and what `typed` reads again. */
export function editable(value: number): string {
  const text = String(Number(value.toPrecision(6)));
  return text.replace('e+', 'e');
}

/** The number that a person typed, or NaN. A decimal comma and a printed minus are understood. */
export function typed(text: string): number {
  const plain = text.trim().replace(/\u2212/g, '-').replace(/^([-+]?\d*),(\d+)$/, '$1.$2');
  return plain === '' ? Number.NaN : Number(plain);
}

const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const compact = new Intl.NumberFormat('en-US', { notation: 'compact', maximumSignificantDigits: 4 });

/** A count with its thousands set apart; from ten thousand millions on, shortened. */
export function counted(count: number): string {
  // -0 is written as 0.
  return count < 1e10 ? whole.format(count + 0) : compact.format(count);
}

/** Several things in words: "3 minima", "1 minimum". */
export function several(count: number, one: string, many: string): string {
  return `${counted(count)} ${count === 1 ? one : many}`;
}

/** A word with a capital at its beginning. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
