import type { Handle } from './handle.ts';

/** What can be asked of a landscape in another page: the handle's methods, and its scene. */
export type RemoteCall = 'play' | 'pause' | 'step' | 'reset' | 'snapshot' | 'image' | 'scene' | 'setScene';

/** A question from the page around it. */
export interface RemoteQuestion {
  /** Tells its answer from others'. */
  readonly thalweg: number;
  readonly call: RemoteCall;
  readonly argument?: unknown;
}

/** The answer, or the sentence that says why there is none. */
export type RemoteAnswer =
  | { readonly thalweg: number; readonly result: unknown }
  | { readonly thalweg: number; readonly error: string };

/** What a landscape says unasked, when it can be asked or never will. */
export type RemoteState = { readonly thalweg: 'ready' } | { readonly thalweg: 'failed' };

const CALLS: Readonly<Record<RemoteCall, (handle: Handle, argument: unknown) => unknown>> = {
  play: (handle) => handle.play(),
  pause: (handle) => handle.pause(),
  step: (handle, updates) => handle.step(typeof updates === 'number' ? updates : 1),
  reset: (handle) => handle.reset(),
  snapshot: (handle) => handle.snapshot(),
  image: (handle) => handle.image(),
  scene: (handle) => handle.scene,
  setScene(handle, scene) {
    handle.scene = scene as Handle['scene'];
  },
};

/** Where messages go to an origin; one that has none, such as a file's, cannot be named. */
export const targetOf = (origin: string): string => (origin === 'null' ? '*' : origin);

/**
 * Answers the page around this one, where it is of the origin that it said it is; nobody else.
 * @param origin of the page around, such as https://slides.example; `null` for a file
 */
export function serveRemotely(handle: Handle, around: Window, origin: string): void {
  window.addEventListener(
    'message',
    async ({ data, source, origin: from }: MessageEvent<Partial<RemoteQuestion> | null>) => {
      const call = data?.call;
      if (
        source !== around ||
        from !== origin ||
        typeof data?.thalweg !== 'number' ||
        typeof call !== 'string' ||
        !Object.hasOwn(CALLS, call)
      ) {
        return;
      }
      const { thalweg, argument } = data;
      let answer: RemoteAnswer;
      try {
        answer = { thalweg, result: await CALLS[call](handle, argument) };
      } catch (error) {
        answer = { thalweg, error: error instanceof Error ? error.message : String(error) };
      }
      around.postMessage(answer, targetOf(origin));
    },
  );
}
