import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, request as httpRequest } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Agent, getGlobalDispatcher, setGlobalDispatcher } from 'undici';
import { afterAll, afterEach, expect, it, vi } from 'vitest';
import { createLLMClient } from '../src/index.ts';
import { createFetch } from '../src/transport/create-fetch.ts';
import { answers, hello, recordedClient, serve } from './support.ts';

const dir = mkdtempSync(join(tmpdir(), 'pd-transport-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
afterEach(() => {
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
});

/** A proxy that forwards and tunnels, and what it was asked for. */
async function serveProxy() {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(
      `${request.method} ${request.url} ${request.headers['proxy-authorization'] ?? 'without a name'}`,
    );
    const onward = httpRequest(request.url ?? '', { method: request.method, headers: request.headers });
    request
      .pipe(onward)
      .on('response', (reply) => reply.pipe(response.writeHead(reply.statusCode ?? 0, reply.headers)));
  });
  server.on('connect', ({ url }, socket) => {
    asked.push(`CONNECT ${url}`);
    const [host, port] = (url ?? '').split(':');
    const onward = connect(Number(port), host, () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      onward.pipe(socket).pipe(onward);
    });
    onward.on('error', () => socket.destroy());
    socket.on('error', () => onward.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** What a program of its own says that gets `url` through `createFetch()`. */
async function programGets(url: string, env: Record<string, string>): Promise<string> {
  const source = new URL('../src/transport/create-fetch.ts', import.meta.url).href;
  const program = `const { createFetch } = await import('${source}');
    console.log(await createFetch()('${url}').then((reply) => reply.text(), (error) => String(error.cause?.code)));`;
  const run = promisify(execFile);
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', program], {
    env: { ...process.env, ...env },
  });
  return stdout.trim();
}

const ok = () => serve((_, response) => void response.end('ok'));

it('goes through a proxy, with its name and password', async () => {
  await using server = await ok();
  await using proxy = await serveProxy();
  const through = createFetch({ proxy: `http://me:secret@${proxy.host}` });
  expect(await (await through(server.url)).text()).toBe('ok');
  const name = `Basic ${Buffer.from('me:secret').toString('base64')}`;
  expect(proxy.asked).toEqual([`GET ${server.url} ${name}`]);
});

it('takes the proxy of the environment when asked to, and NO_PROXY with it', async () => {
  await using server = await ok();
  await using proxy = await serveProxy();
  vi.stubEnv('http_proxy', `http://${proxy.host}`);
  vi.stubEnv('no_proxy', '');
  await (await createFetch()(server.url)).text();
  expect(proxy.asked).toEqual([]);
  await (await createFetch({ proxy: 'environment' })(server.url)).text();
  expect(proxy.asked).toHaveLength(1);
  vi.stubEnv('no_proxy', '127.0.0.1');
  await (await createFetch({ proxy: 'environment' })(server.url)).text();
  expect(proxy.asked).toHaveLength(1);
});

it('takes it as Node does when the program runs with NODE_USE_ENV_PROXY', async () => {
  await using server = await ok();
  await using proxy = await serveProxy();
  const env = { http_proxy: `http://${proxy.host}`, no_proxy: '' };
  expect(await programGets(server.url, { ...env, NODE_USE_ENV_PROXY: '1' })).toBe('ok');
  expect(proxy.asked).toHaveLength(1);
  expect(await programGets(server.url, env)).toBe('ok');
  expect(proxy.asked).toHaveLength(1);
});

it("uses the program's own dispatcher, and leaves Node's fetch what it had", async () => {
  await using server = await ok();
  const thin = createFetch();
  await (await thin(server.url)).text();
  const before = getGlobalDispatcher();
  let asked = 0;
  const agent = new Agent().compose((dispatch) => (options, handler) => {
    asked++;
    return dispatch(options, handler);
  });
  setGlobalDispatcher(agent);
  try {
    expect(await (await thin(server.url)).text()).toBe('ok');
    expect(asked).toBe(1);
    await (await createFetch({ proxy: false })(server.url)).text();
    expect(asked).toBe(1);
  } finally {
    setGlobalDispatcher(before);
  }
  await (await createFetch({ dispatcher: agent })(server.url)).text();
  expect(asked).toBe(2);
});

it('steps aside for a fetch that somebody put in the place of the platform, and for one of your own', async () => {
  const reply = {
    model: 'm',
    choices: [{ message: { role: 'assistant', content: 'hi' }, finish_reason: 'stop' }],
  };
  const theirs = vi.fn(async () => Response.json(reply));
  const own = vi.fn(async () => Response.json(reply));
  vi.stubGlobal('fetch', theirs);
  const { client } = recordedClient('http://127.0.0.1:1/v1');
  expect((await client.chat({ messages: [...hello] })).text).toBe('hi');
  expect(theirs).toHaveBeenCalledOnce();
  await recordedClient('http://127.0.0.1:1/v1', { fetch: own }).client.chat({ messages: [...hello] });
  expect(theirs).toHaveBeenCalledOnce();
  expect(own).toHaveBeenCalledOnce();
});

it("is the platform's fetch outside Node", async () => {
  const { handler } = answers({ json: { a: 1 } });
  await using server = await serve(handler);
  vi.stubGlobal('Bun', {});
  expect(await createFetch()(server.url, { method: 'POST', body: '{}' })).toBeInstanceOf(Response);
});

it.skipIf(!hasOpenssl())(
  'trusts certificates that it is given, directly and through a proxy (needs openssl)',
  async () => {
    const [key, cert] = [join(dir, 'key.pem'), join(dir, 'cert.pem')];
    const subject = [
      '-subj',
      '/CN=localhost',
      '-addext',
      'subjectAltName=DNS:localhost',
      '-days',
      '1',
      '-nodes',
    ];
    const files = ['-keyout', key, '-out', cert];
    execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', ...subject, ...files], {
      stdio: 'ignore',
    });
    const ca = readFileSync(cert);
    const server = createTlsServer({ key: readFileSync(key), cert: ca }, (_, response) => response.end('ok'));
    await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
    const url = `https://localhost:${(server.address() as AddressInfo).port}/`;
    await using proxy = await serveProxy();
    try {
      await expect(createFetch()(url)).rejects.toMatchObject({
        cause: { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
      });
      expect(await (await createFetch({ tls: { ca } })(url)).text()).toBe('ok');
      const through = createFetch({ tls: { ca }, proxy: `http://${proxy.host}` });
      expect(await (await through(url)).text()).toBe('ok');
      expect(proxy.asked).toEqual([`CONNECT localhost:${new URL(url).port}`]);
      expect(await programGets(url, { NODE_EXTRA_CA_CERTS: cert })).toBe('ok');
      expect(await programGets(url, {})).toBe('DEPTH_ZERO_SELF_SIGNED_CERT');
    } finally {
      server.closeAllConnections();
      server.close();
    }
  },
);

it('refuses options that make no sense when the client is made', () => {
  const make = (options: object) => () =>
    createLLMClient({ model: 'm', baseURL: 'http://127.0.0.1:1/v1', ...options });
  for (const transport of [
    'http://proxy',
    null,
    { proxy: 'proxy:3128' },
    { proxy: true },
    { proxy: 'ftp://me:secret@proxy' },
    { tls: 'ca' },
    { dispatcher: {} },
    { dispatcher: null },
    { dispatcher: new Agent(), proxy: 'http://proxy' },
  ]) {
    expect(make({ transport })).toThrow(RangeError);
    expect(make({ transport })).not.toThrow('secret');
  }
  expect(make({ transport: {}, fetch })).toThrow('give one of the two');
  expect(make({ fetch: 'fetch' })).toThrow(RangeError);
});

function hasOpenssl(): boolean {
  try {
    execFileSync('openssl', ['version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
