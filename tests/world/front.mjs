// Microsoft's three hosts before a practice tenant: TLS, HTTP/2, their own names in every body, link and header.
//
// Modes, joined by commas:
//   plain      nothing else
//   http1      no HTTP/2
//   extra      members that perch does not know, and an ETag, in every object
//   gzip       bodies are packed for whoever takes that
//   throttle   every twenty-third request is answered 429, in turn without Retry-After and with it
//   goaway     an HTTP/2 connection is told to end after twenty answers
//   ipv6       the names are at ::1 only (world.sh)
import fs from 'node:fs';
import http from 'node:http';
import http2 from 'node:http2';
import https from 'node:https';
import zlib from 'node:zlib';

const HOSTS = {
  'login.microsoftonline.com': '127.0.0.1',
  'graph.microsoft.com': '127.0.0.2',
  'api.security.microsoft.com': '127.0.0.3',
};
const THROTTLED = 23;
const LAST_ANSWER = 20;
const HOP_BY_HOP = ['connection', 'keep-alive', 'transfer-encoding', 'content-length', 'host'];

function body_of(stream) {
  return new Promise((resolve, reject) => {
    const chunks = [];
    stream.on('data', (chunk) => chunks.push(chunk));
    stream.on('end', () => resolve(Buffer.concat(chunks)));
    stream.on('error', reject);
  });
}

// Every object gets what a client may not stumble over; arrays stay as long as they are.
function with_extra(value) {
  if (Array.isArray(value)) return value.map(with_extra);
  if (value === null || typeof value !== 'object') return value;
  const members = Object.entries(value).map(([name, member]) => [name, with_extra(member)]);
  return { '@odata.etag': 'W/"JzEtVXNlcic="', ...Object.fromEntries(members), somethingNewer: { since: 2027, values: [] } };
}

// PORT: the practice tenant's. CALLS: {requests, http2, untold429, told429, packed, goaways} are counted in it. NOW: what
// time it is at Microsoft's, as a Date.
export function front(modes, port, key, cert, address, calls, now) {
  const origins = Object.entries(HOSTS).map(([name, own]) => [`https://${name}`, `http://${own}:${port}`]);
  const outward = (text) => origins.reduce((so_far, [real, practice]) => so_far.replaceAll(practice, real), text);
  const inward = (text) => origins.reduce((so_far, [real, practice]) => so_far.replaceAll(real, practice), text);

  // The issuer stands inside the token. Who takes it straight from the issuer's own TLS need not look at its signature
  // (OpenID Connect Core 3.1.3.7), which is not worth anything after this.
  function token_outward(token) {
    const [head, claims, signature] = token.split('.');
    const text = outward(Buffer.from(claims, 'base64url').toString());
    return [head, Buffer.from(text).toString('base64url'), signature].join('.');
  }

  function forward(request, host, body) {
    const headers = Object.fromEntries(
      Object.entries(request.headers).filter(([name]) => !name.startsWith(':') && !HOP_BY_HOP.includes(name)));
    headers.host = `${HOSTS[host]}:${port}`;
    // Scopes name Microsoft's own hosts, which the tenant knows; links in JSON have to be its own.
    const is_json = (request.headers['content-type'] ?? '').includes('json');
    const sent = is_json ? Buffer.from(inward(body.toString())) : body;
    headers['content-length'] = sent.length;
    return new Promise((resolve, reject) => {
      const call = http.request({ host: HOSTS[host], port, method: request.method, path: request.url, headers }, resolve);
      call.on('error', reject);
      call.end(sent);
    });
  }

  async function answer(request, response) {
    const host = (request.headers[':authority'] ?? request.headers.host ?? '').replace(/:443$/, '');
    const body = await body_of(request);
    calls.requests += 1;
    calls.http2 += request.httpVersionMajor === 2 ? 1 : 0;
    if (!(host in HOSTS)) {
      response.writeHead(421).end();
      return;
    }
    if (modes.includes('throttle') && calls.requests % THROTTLED === 0) {
      const untold = calls.untold429 <= calls.told429;
      calls[untold ? 'untold429' : 'told429'] += 1;
      response.writeHead(429, { 'content-type': 'application/json', ...(untold ? {} : { 'retry-after': '1' }) });
      response.end('{"error":{"code":"TooManyRequests","message":"Too many requests."}}');
      return;
    }
    const reply = await forward(request, host, body);
    let bytes = await body_of(reply);
    const headers = {};
    for (const [name, value] of Object.entries(reply.headers))
      if (!name.startsWith('x-practice') && !HOP_BY_HOP.includes(name)) headers[name] = outward(String(value));
    headers.date = now().toUTCString();
    if (/json|html|text/.test(headers['content-type'] ?? '')) bytes = Buffer.from(outward(bytes.toString()));
    if (request.url.endsWith('/token') && bytes.includes('"id_token"')) {
      const tokens = JSON.parse(bytes.toString());
      bytes = Buffer.from(JSON.stringify({ ...tokens, id_token: token_outward(tokens.id_token) }));
    }
    if (modes.includes('extra') && (headers['content-type'] ?? '').includes('json') && host !== 'login.microsoftonline.com')
      bytes = Buffer.from(JSON.stringify(with_extra(JSON.parse(bytes.toString()))));
    if (modes.includes('gzip') && (request.headers['accept-encoding'] ?? '').includes('gzip') && bytes.length > 0) {
      calls.packed += 1;
      headers['content-encoding'] = 'gzip';
      bytes = zlib.gzipSync(bytes);
    }
    response.writeHead(reply.statusCode, headers);
    response.end(bytes);
    const session = request.stream?.session;
    if (modes.includes('goaway') && session !== undefined && (session.answers = (session.answers ?? 0) + 1) === LAST_ANSWER) {
      calls.goaways += 1;
      session.close();
    }
  }

  const options = { key: fs.readFileSync(key), cert: fs.readFileSync(cert) };
  const server = modes.includes('http1') ? https.createServer(options)
    : http2.createSecureServer({ ...options, allowHTTP1: true });
  server.on('request', (request, response) => {
    answer(request, response).catch(() => response.stream?.close?.() ?? response.destroy());
  });
  return new Promise((resolve) => server.listen(443, address, () => resolve(server)));
}
