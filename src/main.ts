import { requestDevice } from './device.ts';

document.documentElement.dataset.thalweg = 'loading';

// The browser takes as long to find a device as to load the rest of the page: both at once.
const asked = requestDevice();
const { start } = await import('./page.ts');
await start(document.getElementById('app') as HTMLElement, asked);
