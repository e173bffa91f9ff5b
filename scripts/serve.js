import { readFile, realpath, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, sep } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

const compress = promisify(gzip);

/** What the page may do: load its own files, show pictures and videos that it made itself, and nothing else. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "img-src 'self' blob:",
  "media-src 'self' blob:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** @type {Record<string, string>} */
const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.wasm': 'application/wasm',
};

const SHRINKS = /^(text|application\/(json|manifest|wasm)|image\/svg)/;

const HEADERS = {
  'Content-Security-Policy': CONTENT_SECURITY_POLICY,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
};

/** A refusal: a status and its words. */
class Refusal extends Error {
  /** @param {number} status @param {string} words @param {Record<string, string>} [headers] */
  constructor(status, words, headers = {}) {
    super(words);
    this.status = status;
    this.headers = headers;
  }
}

/**
 * The file that an address asks for, which lies within the root whatever the address says.
 * @param {string} root a real path
 * @param {string} address
 */
const fileOf = async (root, address) => {
  let path;
  try {
    path = decodeURIComponent(address.split(/[?#]/, 1)[0] ?? '');
  } catch {
    throw new Refusal(400, 'The address is not well formed.');
  }
  if (path.includes('\0')) throw new Refusal(400, 'The address is not well formed.');
  const missing = new Refusal(404, 'There is nothing at this address.');
  const wanted = join(root, path.endsWith('/') ? `${path}index.html` : path);
  // Links are followed before the comparison, so that none leads out either.
  const file = await realpath(wanted).catch(() => null);
  if (!file?.startsWith(root + sep)) throw missing;
  const facts = await stat(file);
  if (!facts.isFile()) throw missing;
  return { file, facts };
};

/**
 * @param {string} root
 * @param {Map<string, Buffer>} compressed bodies by their tags
 * @param {import('node:http').IncomingMessage} request
 */
const answer = async (root, compressed, request) => {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    throw new Refusal(405, 'Only GET and HEAD are answered.', { Allow: 'GET, HEAD' });
  }
  const { file, facts } = await fileOf(root, request.url ?? '/');
  const type = TYPES[extname(file).toLowerCase()] ?? 'application/octet-stream';
  const zipped = SHRINKS.test(type) && /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
  // Any page may load the element that shows a landscape in it.
  const shared = file === join(root, 'thalweg-landscape.js');
  const tag = `"${facts.size.toString(36)}-${Math.round(facts.mtimeMs).toString(36)}${zipped ? '-gzip' : ''}"`;
  /** @type {Record<string, string>} */
  const headers = {
    'Content-Type': type,
    ETag: tag,
    Vary: 'Accept-Encoding',
    ...(shared ? { 'Access-Control-Allow-Origin': '*' } : {}),
    // The build puts a hash of the content into the names below assets.
    'Cache-Control': file.startsWith(join(root, 'assets') + sep) ? 'public, max-age=31536000, immutable' : 'no-cache',
  };
  if (request.headers['if-none-match'] === tag) return { status: 304, headers, body: Buffer.alloc(0) };
  if (!zipped) return { status: 200, headers, body: await readFile(file) };
  const key = `${file} ${tag}`;
  const body = compressed.get(key) ?? (await compress(await readFile(file)));
  compressed.set(key, body);
  return { status: 200, headers: { ...headers, 'Content-Encoding': 'gzip' }, body };
};

/** @param {unknown} error */
const refusal = (error) => {
  const { status, message, headers } =
    error instanceof Refusal ? error : new Refusal(500, 'The file could not be read.');
  return {
    status,
    headers: { 'Content-Type': 'text/plain; charset=utf-8', ...headers },
    body: Buffer.from(`${message}\n`),
  };
};

/**
 * Serves a folder over HTTP under the strict content security policy.
 * @param {{ root: string, host?: string, ports: readonly number[] }} options ports: the first free one is taken; 0 is any
 * @returns {Promise<{ url: string, close: () => Promise<void> }>} rejects with the last port's error when none is free
 */
export const serve = async ({ root, host = '127.0.0.1', ports }) => {
  const real = await realpath(root);
  const compressed = new Map();
  const server = createServer(async (request, response) => {
    const { status, headers, body } = await answer(real, compressed, request).catch(refusal);
    // A 304 has no body, and must not claim that its length is 0.
    const length = status === 304 ? {} : { 'Content-Length': String(body.length) };
    response.writeHead(status, { ...HEADERS, ...headers, ...length });
    response.end(request.method === 'HEAD' ? undefined : body);
  });
  /** @param {number} port @returns {Promise<void>} */
  const listen = (port) =>
    new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, host, () => {
        server.off('error', reject);
        resolve();
      });
    });
  for (const [index, port] of ports.entries()) {
    try {
      await listen(port);
      break;
    } catch (error) {
      server.removeAllListeners('error');
      if (index === ports.length - 1) throw error;
    }
  }
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  const shown = host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  const close = () =>
    /** @type {Promise<void>} */ (
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      })
    );
  return { url: `http://${shown}:${port}/`, close };
};
