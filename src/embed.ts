import type { Snapshot } from './api/handle.ts';
import type { RemoteAnswer, RemoteCall, RemoteQuestion, RemoteState } from './api/remote.ts';
import type { Scene } from './scene/scene.ts';

/** Where this file lies, and beside it the page that is embedded. */
const HERE = import.meta.url;

/** Attributes that say what is shown and how. */
const OBSERVED = ['scene', 'controls', 'autoplay', 'theme'] as const;

/** A question that is not answered yet. */
interface Open {
  readonly resolve: (result: never) => void;
  readonly reject: (error: Error) => void;
}

/** A promise that is settled from outside. */
function pending() {
  let resolve = (): void => {};
  let reject = (_: Error): void => {};
  const promise = new Promise<void>((kept, broken) => {
    resolve = kept;
    reject = broken;
  });
  return { promise, resolve, reject };
}

/**
 * `<thalweg-landscape scene="LINK" controls autoplay theme="dark|light|system">`: a landscape in a page of anybody's, and a
 * handle to it. What is shown runs in a frame of its own; both sides listen only to each other.
 */
export class ThalwegLandscape extends HTMLElement {
  static readonly observedAttributes = OBSERVED;
  readonly #frame = document.createElement('iframe');
  readonly #open = new Map<number, Open>();
  #asked = 0;
  #ready = pending();
  #building = false;
  readonly #listen = (event: MessageEvent<RemoteAnswer | RemoteState | null>): void => this.#hear(event);

  constructor() {
    super();
    const style = new CSSStyleSheet();
    style.replaceSync(':host{display:block;aspect-ratio:16/9}iframe{display:block;width:100%;height:100%;border:0}');
    this.#frame.title = 'Loss landscape';
    this.#frame.allow = 'fullscreen';
    const inside = this.attachShadow({ mode: 'open' });
    inside.adoptedStyleSheets = [style];
    inside.append(this.#frame);
  }

  /** Resolves when it can be asked; rejects when it could not be opened. */
  get ready(): Promise<void> {
    return this.#ready.promise;
  }

  play(): Promise<void> {
    return this.#ask('play');
  }

  pause(): Promise<void> {
    return this.#ask('pause');
  }

  /** Pauses and does so many updates. */
  step(updates = 1): Promise<void> {
    return this.#ask('step', updates);
  }

  /** Back to the start. */
  reset(): Promise<void> {
    return this.#ask('reset');
  }

  /** Where everything is. */
  snapshot(): Promise<Snapshot> {
    return this.#ask('snapshot');
  }

  /** The picture as a PNG. */
  image(): Promise<Blob> {
    return this.#ask('image');
  }

  getScene(): Promise<Scene> {
    return this.#ask('scene');
  }

  /** Rejects with a sentence where the scene is damaged. */
  setScene(scene: Scene): Promise<void> {
    return this.#ask('setScene', scene);
  }

  connectedCallback(): void {
    window.addEventListener('message', this.#listen);
    this.#build();
  }

  disconnectedCallback(): void {
    window.removeEventListener('message', this.#listen);
    for (const { reject } of this.#open.values()) {
      reject(new Error('The landscape was taken out of the page.'));
    }
    this.#open.clear();
  }

  attributeChangedCallback(): void {
    // Several that change together are one new page.
    if (this.isConnected && !this.#building) {
      this.#building = true;
      queueMicrotask(() => {
        this.#building = false;
        if (this.isConnected) this.#build();
      });
    }
  }

  #build(): void {
    const address = new URL('embed.html', HERE);
    address.searchParams.set('parent', window.location.origin);
    for (const name of ['controls', 'autoplay'] as const) {
      if (this.hasAttribute(name)) address.searchParams.set(name, '1');
    }
    const theme = this.getAttribute('theme');
    if (theme !== null) address.searchParams.set('theme', theme);
    const scene = this.getAttribute('scene') ?? '';
    address.hash = scene.slice(scene.indexOf('#') + 1);
    this.#ready = pending();
    // Who does not wait for it shall not hear of an error that nobody caught.
    this.#ready.promise.catch(() => {});
    this.#frame.src = address.href;
  }

  async #ask<T>(call: RemoteCall, argument?: unknown): Promise<T> {
    await this.#ready.promise;
    this.#asked += 1;
    const question: RemoteQuestion = { thalweg: this.#asked, call, argument };
    return new Promise<T>((resolve, reject) => {
      this.#open.set(question.thalweg, { resolve: resolve as Open['resolve'], reject });
      this.#frame.contentWindow?.postMessage(question, new URL(HERE).origin);
    });
  }

  #hear({ data, source, origin }: MessageEvent<RemoteAnswer | RemoteState | null>): void {
    if (
      source !== this.#frame.contentWindow ||
      origin !== new URL(HERE).origin ||
      data === null ||
      typeof data !== 'object'
    ) {
      return;
    }
    if (data.thalweg === 'ready') {
      this.#ready.resolve();
      this.dispatchEvent(new Event('ready'));
      return;
    }
    if (data.thalweg === 'failed') {
      this.#ready.reject(new Error('The landscape could not be opened; its frame says why.'));
      return;
    }
    const open = this.#open.get(data.thalweg);
    this.#open.delete(data.thalweg);
    if ('error' in data) open?.reject(new Error(data.error));
    else open?.resolve(data.result as never);
  }
}

if (!customElements.get('thalweg-landscape')) {
  customElements.define('thalweg-landscape', ThalwegLandscape);
}
