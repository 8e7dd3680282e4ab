// The person's browser: opens URL, signs in and consents on the provider's pages, and follows where it is sent, at the
// end to the loopback listener. Prints the listener's status and page.
//   NODE_EXTRA_CA_CERTS=CA node browser.mjs URL
const cookies = new Map();

async function visit(url, form) {
  const response = await fetch(url, {
    redirect: 'manual',
    method: form ? 'POST' : 'GET',
    body: form && new URLSearchParams(form),
    headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
  });
  for (const line of response.headers.getSetCookie()) {
    const [name, value] = line.split(';')[0].split('=');
    cookies.set(name, value);
  }
  const location = response.headers.get('location');
  return { response, next: location && new URL(location, url).href };
}

let url = process.argv[2];
for (let step = 0; step < 20; step++) {
  let { response, next } = await visit(url);
  if (!next && url.includes('/interaction/')) {
    const page = await response.text();
    const form = page.includes('name="login"')
      ? { prompt: 'login', login: 'admin@contoso.com', password: 'x' } : { prompt: 'consent' };
    ({ response, next } = await visit(url, form));
  }
  if (!next) {
    console.log(response.status, await response.text());
    process.exit(0);
  }
  url = next;
}
process.exit(1);
