// The person's browser: opens URL, signs in and consents on the provider's pages, and follows where it is sent, at the
// end to the loopback listener. Prints the listener's status and page.
//   NODE_EXTRA_CA_CERTS=CA node browser.mjs URL
// Without fetch(), whose headers in Debian's node 18 do not tell one cookie from the next.
import http from 'node:http';
import https from 'node:https';

const cookies = new Map();

function send(url, form) {
  const { request } = url.startsWith('https:') ? https : http;
  const headers = { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') };
  if (form) headers['content-type'] = 'application/x-www-form-urlencoded';
  return new Promise((resolve, reject) => {
    request(url, { method: form ? 'POST' : 'GET', headers }, resolve)
      .on('error', reject).end(form && new URLSearchParams(form).toString());
  });
}

async function visit(url, form) {
  const response = await send(url, form);
  let page = '';
  for await (const part of response.setEncoding('utf8')) page += part;
  for (const line of response.headers['set-cookie'] ?? []) {
    const [name, value] = line.split(';')[0].split('=');
    cookies.set(name, value);
  }
  const { location } = response.headers;
  return { status: response.statusCode, page, next: location && new URL(location, url).href };
}

let url = process.argv[2];
for (let step = 0; step < 20; step++) {
  let { status, page, next } = await visit(url);
  if (!next && url.includes('/interaction/')) {
    const form = page.includes('name="login"')
      ? { prompt: 'login', login: 'admin@contoso.com', password: 'x' } : { prompt: 'consent' };
    ({ status, page, next } = await visit(url, form));
  }
  if (!next) {
    console.log(status, page);
    process.exit(0);
  }
  url = next;
}
process.exit(1);
