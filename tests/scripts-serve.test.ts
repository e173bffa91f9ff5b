import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serve } from '../scripts/serve.js';

const folder = mkdtempSync(join(tmpdir(), 'thalweg-serve-'));
const root = join(folder, 'page');
const script = `export const text = '${'valley '.repeat(500)}';\n`;
let server: Awaited<ReturnType<typeof serve>>;

interface Answer {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: Buffer;
}

/** Asks for a path exactly as it is written, which fetch would tidy up first. */
const ask = (path: string, options: { method?: string; headers?: Record<string, string> } = {}): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(server.url);
    const asked = request(
      { hostname, port, path, method: options.method ?? 'GET', headers: options.headers },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
        );
      },
    );
    asked.on('error', reject);
    asked.end();
  });

beforeAll(async () => {
  mkdirSync(join(root, 'assets'), { recursive: true });
  writeFileSync(join(root, 'index.html'), '<!doctype html><title>Page</title>');
  writeFileSync(join(root, 'assets', 'main-abc.js'), script);
  writeFileSync(join(root, 'assets', 'font.woff2'), Buffer.alloc(2000, 7));
  writeFileSync(join(folder, 'secret.txt'), 'secret');
  // A sibling whose name begins with the root's.
  mkdirSync(join(folder, 'page-other'));
  writeFileSync(join(folder, 'page-other', 'secret.txt'), 'secret');
  symlinkSync(join(folder, 'secret.txt'), join(root, 'link.txt'));
  server = await serve({ root, ports: [0] });
});

afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

describe('the server of the page', () => {
  it.each([
    ['/', 200, 'text/html; charset=utf-8'],
    ['/index.html?x=1', 200, 'text/html; charset=utf-8'],
    ['/assets/main-abc.js', 200, 'text/javascript; charset=utf-8'],
    ['/assets/font.woff2', 200, 'font/woff2'],
    ['/none.js', 404, 'text/plain; charset=utf-8'],
    ['/assets', 404, 'text/plain; charset=utf-8'],
    ['/%zz', 400, 'text/plain; charset=utf-8'],
    ['/a%00b', 400, 'text/plain; charset=utf-8'],
  ])('answers %s with %i %s, under the policy', async (path, status, type) => {
    const answer = await ask(path);
    expect(answer.status).toBe(status);
    expect(answer.headers['content-type']).toBe(type);
    expect(answer.headers['content-security-policy']).toContain("default-src 'self'");
    expect(answer.headers['content-security-policy']).not.toContain('unsafe');
    expect(answer.headers['x-content-type-options']).toBe('nosniff');
  });

  it.each([
    '/../secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/assets/../../secret.txt',
    '/..\\secret.txt',
    '/../page-other/secret.txt',
    '/link.txt',
    '//secret.txt',
  ])('gives nothing from outside its folder: %s', async (path) => {
    const { status, body } = await ask(path);
    expect(status).toBe(404);
    expect(body.toString()).not.toContain('secret');
  });

  it('compresses text for those who understand it, and only text', async () => {
    const headers = { 'Accept-Encoding': 'gzip' };
    const zipped = await ask('/assets/main-abc.js', { headers });
    expect(zipped.headers['content-encoding']).toBe('gzip');
    expect(zipped.body.length).toBeLessThan(script.length / 10);
    expect(gunzipSync(zipped.body).toString()).toBe(script);
    expect((await ask('/assets/main-abc.js')).body.toString()).toBe(script);
    expect((await ask('/assets/font.woff2', { headers })).headers['content-encoding']).toBeUndefined();
  });

  it('lets named assets be kept, and asks anew for the page', async () => {
    expect((await ask('/assets/main-abc.js')).headers['cache-control']).toContain('immutable');
    const page = await ask('/');
    expect(page.headers['cache-control']).toBe('no-cache');
    const again = await ask('/', { headers: { 'If-None-Match': String(page.headers.etag) } });
    expect(again.status).toBe(304);
    expect(again.body).toHaveLength(0);
  });

  it('gives an edited file anew', async () => {
    const first = await ask('/');
    writeFileSync(join(root, 'index.html'), '<!doctype html><title>Another page</title>');
    const second = await ask('/', { headers: { 'If-None-Match': String(first.headers.etag) } });
    expect(second.status).toBe(200);
    expect(second.body.toString()).toContain('Another');
  });

  it('tells without the body what GET would give, and refuses all else', async () => {
    const head = await ask('/assets/main-abc.js', { method: 'HEAD' });
    expect(head.status).toBe(200);
    expect(head.headers['content-length']).toBe(String(script.length));
    expect(head.body).toHaveLength(0);
    expect((await ask('/', { method: 'POST' })).status).toBe(405);
  });

  it('takes the next port when one is taken, and says so when none is left', async () => {
    const taken = Number(new URL(server.url).port);
    const other = await serve({ root, ports: [taken, 0] });
    expect(Number(new URL(other.url).port)).not.toBe(taken);
    await other.close();
    await expect(serve({ root, ports: [taken] })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});
