import type { CameraChoice } from '../scene/scene.ts';
import { Camera } from './camera.ts';
import type { Cell } from './cell.ts';

/** Where a picture begins to look from, until it is told. */
const FIRST: CameraChoice = { view: '3d', azimuth: 240, elevation: 47, distance: 1, target: [0, 0], turning: false };

/** The picture's camera, and those of single cells that are not linked to it. */
export class Cameras {
  readonly main: Camera;
  readonly #calm: () => boolean;
  /** By the cells' numbers. */
  readonly #own = new Map<number, Camera>();

  /** @param calm see Camera */
  constructor(calm: () => boolean) {
    this.#calm = calm;
    this.main = new Camera(FIRST, calm);
  }

  /** Where the picture's camera looks from; what it looks at (3D, map or profile) holds for all. Setting it flies there. */
  get choice(): CameraChoice {
    return this.main.choice;
  }

  set choice(choice: CameraChoice) {
    this.main.choice = choice;
    for (const camera of this.#own.values()) {
      if (camera.choice.view !== choice.view) {
        camera.choice = { ...camera.choice, view: choice.view };
      }
    }
  }

  /** Where a profile is cut, which is where the camera looks: a v of 0 … 1; 0 in other views. */
  get cut(): number {
    const { view, target } = this.choice;
    return view === 'profile' ? Math.min(1 - 1e-3, Math.max(1e-3, (1 + target[1]) / 2)) : 0;
  }

  /** Keeps the cameras that these cells name and forgets the others; new ones begin where the picture's is. */
  keep(cells: readonly Cell[]): void {
    const numbers = new Set(cells.map(({ camera }) => camera));
    for (const number of this.#own.keys()) {
      if (!numbers.has(number)) {
        this.#own.delete(number);
      }
    }
    for (const number of numbers) {
      if (number !== null && !this.#own.has(number)) {
        this.#own.set(number, new Camera({ ...this.choice, turning: false }, this.#calm));
      }
    }
  }

  /** The camera that a cell is seen by. */
  of({ camera }: Cell): Camera {
    return (camera === null ? null : this.#own.get(camera)) ?? this.main;
  }

  /** Goes on by so many seconds. Returns whether any moved. */
  update(seconds: number): boolean {
    let moved = this.main.update(seconds);
    for (const camera of this.#own.values()) {
      moved = camera.update(seconds) || moved;
    }
    return moved;
  }
}
