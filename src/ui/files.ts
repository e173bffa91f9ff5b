import { el } from './dom.ts';

/** Hands a file to the person, who finds it where the browser puts downloads. */
export function saveFile(content: Blob, name: string): void {
  const address = URL.createObjectURL(content);
  const link = el('a', { href: address, download: name });
  link.click();
  // The browser has taken the file up by the next task or two; a minute is long after.
  window.setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** Asks for a file; resolves with null when nobody chose one. */
export function askForFile(accept: string): Promise<File | null> {
  return new Promise((resolve) => {
    const input = el('input', {
      type: 'file',
      accept,
      on: { change: () => resolve(input.files?.[0] ?? null) },
    });
    input.addEventListener('cancel', () => resolve(null));
    input.click();
  });
}

/** Takes files that are dropped anywhere on an element. */
export function takeDrops(onto: HTMLElement, take: (file: File) => void): void {
  const carriesFile = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;
  onto.addEventListener('dragover', (event) => {
    if (carriesFile(event)) {
      event.preventDefault();
      onto.dataset.drop = '';
    }
  });
  onto.addEventListener('dragleave', (event) => {
    if (!onto.contains(event.relatedTarget as Node | null)) {
      delete onto.dataset.drop;
    }
  });
  onto.addEventListener('drop', (event) => {
    delete onto.dataset.drop;
    const file = event.dataTransfer?.files[0];
    if (file) {
      event.preventDefault();
      take(file);
    }
  });
}
