import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_SCENE } from '../src/scene/defaults.ts';
import { sceneFromFile, sceneToFile } from '../src/scene/file.ts';
import { recallScene, rememberScene } from '../src/scene/storage.ts';
import { anyScene } from './support/scenes.ts';

describe('a file', () => {
  it('carries any scene exactly', () => {
    fc.assert(
      fc.property(anyScene, (scene) => {
        expect(sceneFromFile(sceneToFile(scene))).toEqual({ scene, fault: null, problem: null });
      }),
    );
  });

  it('begins with its version and ends with a line', () => {
    const text = sceneToFile(DEFAULT_SCENE);
    expect(text.startsWith('{\n  "thalweg": 1,\n')).toBe(true);
    expect(text.endsWith('}\n')).toBe(true);
  });

  it('may leave out what is as usual', () => {
    const { scene, fault } = sceneFromFile('{"thalweg": 1, "seed": 3}');
    expect(fault).toBeNull();
    expect(scene).toEqual({ ...DEFAULT_SCENE, seed: 3 });
  });

  it.each<[string, string, string | RegExp]>([
    ['nothing', '', 'The file is not JSON, or it is cut off.'],
    ['half of one', sceneToFile(DEFAULT_SCENE).slice(0, 200), 'The file is not JSON, or it is cut off.'],
    ['a picture', '\u0089PNG\r\n', 'The file is not JSON, or it is cut off.'],
    ['other JSON', '[1, 2]', 'The file is not a scene; one begins with { "thalweg": 1.'],
    ['null', 'null', 'The file is not a scene; one begins with { "thalweg": 1.'],
    ['a later version', '{"thalweg": 2}', 'The file has the version 2; this program reads 1.'],
    ['a version of text', '{"thalweg": "1"}', 'The file has the version "1"; this program reads 1.'],
    [
      'a damaged field',
      '{"thalweg": 1, "speed": -4}',
      'The file’s speed is -4; it must be a number from 0 to 1000000.',
    ],
    ['an infinite number', '{"thalweg": 1, "speed": 1e999}', /speed is Infinity/],
    ['pollution', '{"thalweg": 1, "__proto__": {"polluted": 1}}', /has a field __proto__/],
    ['pollution inside', '{"thalweg": 1, "camera": {"__proto__": {"view": "map"}}}', /has a field __proto__/],
    ['deep nesting', `{"thalweg": 1, "edits": ${'['.repeat(100_000)}${']'.repeat(100_000)}}`, /nested too deeply/],
    ['a very long one', ' '.repeat(2 ** 22 + 1), /^The file has 4194305 characters, more than a scene can have/],
  ])('that is damaged is answered with a sentence and the default scene: %s', (_, text, fault) => {
    const answer = sceneFromFile(text);
    expect(answer.scene).toBe(DEFAULT_SCENE);
    expect(answer.fault).toEqual(typeof fault === 'string' ? fault : expect.stringMatching(fault));
    expect(answer.problem).toBe(`${answer.fault} Showing the default scene.`);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});

describe('the memory of a browser', () => {
  const memory = () => {
    const kept = new Map<string, string>();
    return {
      kept,
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => {
        kept.set(key, value);
      },
    };
  };
  const refuse = () => {
    throw new DOMException('denied', 'SecurityError');
  };

  it('gives back what it was given', () => {
    const storage = memory();
    const scene = { ...DEFAULT_SCENE, seed: 99 };
    expect(recallScene(storage)).toBeNull();
    expect(rememberScene(storage, scene)).toBe(true);
    expect(recallScene(storage)?.scene).toEqual(scene);
  });

  it('that is full or forbidden forgets, and nothing worse', () => {
    expect(rememberScene({ getItem: refuse, setItem: refuse }, DEFAULT_SCENE)).toBe(false);
    expect(recallScene({ getItem: refuse, setItem: refuse })).toBeNull();
  });

  it('that was tampered with is answered like any damaged scene', () => {
    const storage = memory();
    rememberScene(storage, DEFAULT_SCENE);
    for (const key of storage.kept.keys()) {
      storage.kept.set(key, '{"thalweg": 1, "seed": "x"}');
    }
    expect(recallScene(storage)?.fault).toMatch(/seed is "x"/);
  });
});
