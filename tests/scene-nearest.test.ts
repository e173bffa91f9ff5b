import { describe, expect, it } from 'vitest';
import { nearest } from '../src/math/nearest.ts';

const words = ['gd', 'momentum', 'nesterov', 'rmsprop', 'adam', 'adamw', 'rosenbrock', 'seed', 'speed'];

describe('the nearest word', () => {
  it.each(words)('to a known one is itself: %s', (word) => {
    expect(nearest(word, words)).toBe(word);
  });

  it.each([
    ['rosenbrok', 'rosenbrock'],
    ['Rosenbrock', 'rosenbrock'],
    ['nestrov', 'nesterov'],
    ['admaw', 'adamw'],
    ['adma', 'adam'],
    ['rms-prop', 'rmsprop'],
    ['momentumm', 'momentum'],
    ['sped', 'speed'],
    ['sed', 'seed'],
    ['dg', 'gd'],
  ])('to %s is %s', (typed, meant) => {
    expect(nearest(typed, words)).toBe(meant);
  });

  it('counts a swap of neighbours as one mistake', () => {
    // Two replacements from the one, a single swap from the other.
    expect(nearest('ab', ['xy', 'ba'])).toBe('ba');
  });

  it('is none when none is known', () => {
    expect(nearest('adam', [])).toBeUndefined();
  });

  it('is found for a word as long as a book', () => {
    expect(nearest('a'.repeat(10_000_000), words)).toBeDefined();
  });
});
