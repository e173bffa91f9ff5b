import type { Lane, Scene } from '../../scene/scene.ts';

/** Which lanes are looked at by a camera of their own, for as long as the page is open: the camera's number by the lane's. */
export class OwnCameras {
  #lanes: readonly Lane[] = [];
  #numbers = new Map<number, number>();
  #last = 0;

  /** The lane's camera, or null where it follows the picture's. */
  of(lane: number): number | null {
    return this.#numbers.get(lane) ?? null;
  }

  /** Gives a lane a camera of its own, or has it follow again. */
  flip(lane: number): void {
    if (!this.#numbers.delete(lane)) {
      this.#last += 1;
      this.#numbers.set(lane, this.#last);
    }
  }

  /** Lanes that came, went or changed places keep their cameras; one that was only changed is found at its place. */
  follow({ lanes }: Scene): void {
    const before = this.#lanes;
    this.#lanes = lanes;
    if (before === lanes) {
      return;
    }
    const moved = [...this.#numbers].flatMap(([lane, number]): [number, number][] => {
      const place = lanes.indexOf(before[lane]);
      return place >= 0 ? [[place, number]] : lanes.length === before.length ? [[lane, number]] : [];
    });
    this.#numbers = new Map(moved);
  }
}
