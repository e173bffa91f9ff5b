/*
 * Keeps the built page for use without a connection. The build puts before this text what it is made of, as
 * `const BUILD = { version, files }`: each file's path beside this one, and its integrity as of Subresource Integrity.
 */

/** Builds of this page, and of none that lies in another folder of the same origin. */
const PREFIX = `thalweg ${self.registration.scope} `;
const NAME = PREFIX + BUILD.version;

/** Builds that are kept: a tab that was opened before the newest one came may still load its parts. */
const KEPT = 2;

/** What has a hash of its content in its name is the same for ever. */
const HASHED = /^assets\//;

/** The page itself is asked for by its folder. */
const addressOf = (path) => new URL(path === 'index.html' ? './' : path, self.registration.scope).href;

const paths = new Map(Object.keys(BUILD.files).map((path) => [addressOf(path), path]));
paths.set(new URL('index.html', self.registration.scope).href, 'index.html');

/** All of a build or nothing: a file that is of another one already fails its integrity, and the next visit tries again. */
const keep = async () => {
  const cache = await caches.open(NAME);
  try {
    await Promise.all(
      Object.entries(BUILD.files).map(async ([path, integrity]) => {
        const address = addressOf(path);
        const response = await fetch(address, { integrity, cache: HASHED.test(path) ? 'default' : 'no-cache' });
        if (!response.ok) throw new Error(`${address} answers ${response.status}.`);
        await cache.put(address, response);
      }),
    );
  } catch (error) {
    await caches.delete(NAME);
    throw error;
  }
};

const forget = async () => {
  const mine = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== NAME);
  await Promise.all(mine.slice(0, Math.max(0, mine.length - KEPT + 1)).map((name) => caches.delete(name)));
};

/** What never changes comes from here, whichever build it is of. */
const hashed = async (request) => (await caches.match(request, { ignoreVary: true })) ?? fetch(request);

/** Anything else is asked of the server first, so that a new build is seen at once. */
const newest = async (request, path, preloaded) => {
  try {
    return (await preloaded) ?? (await fetch(request));
  } catch (error) {
    const cache = await caches.open(NAME);
    const kept = await cache.match(addressOf(path), { ignoreVary: true });
    if (kept) return kept;
    throw error;
  }
};

self.addEventListener('install', (event) => {
  event.waitUntil(keep().then(() => self.skipWaiting()));
});

self.addEventListener('activate', (event) => {
  // The server is asked for the page while this worker wakes up.
  event.waitUntil(Promise.all([forget(), self.registration.navigationPreload?.enable()]));
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const address = new URL(request.url);
  address.search = '';
  address.hash = '';
  const path = paths.get(address.href);
  if (request.method === 'GET' && path !== undefined) {
    event.respondWith(HASHED.test(path) ? hashed(request) : newest(request, path, event.preloadResponse));
  }
});
