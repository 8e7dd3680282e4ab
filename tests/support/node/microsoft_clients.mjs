// Microsoft's own clients, and a certified one, against the practice tenant: sign-in by code and PKCE, by device code
// and with a certificate, refreshing, and Graph by pages, batches and errors.
//   NODE_EXTRA_CA_CERTS=CA node microsoft_clients.mjs LOGIN GRAPH KEY CERT
// LOGIN and GRAPH are origins. Prints "ok NAME" or "failed NAME: WHY" for each check and at last "N passed, M failed".
import { createHash, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as msal from '@azure/msal-node';
import { ClientCertificateCredential, DeviceCodeCredential } from '@azure/identity';
import { BatchRequestContent, BatchResponseContent, Client, PageIterator } from '@microsoft/microsoft-graph-client';
import * as openid from 'openid-client';

const [login, graph, keyFile, certFile] = process.argv.slice(2);
const configuration = await (await fetch(`${login}/contoso.com/v2.0/.well-known/openid-configuration`)).json();
const tenant = new URL(configuration.issuer).pathname.split('/')[1];
const application = '11111111-2222-4333-8444-555555555555';
const redirectUri = 'http://localhost:7777';
const scopes = ['https://graph.microsoft.com/User.Read', 'https://graph.microsoft.com/User.Read.All',
  'https://graph.microsoft.com/Group.Read.All'];
const authority = `${login}/${tenant}`;
const host = new URL(login).host;
const auth = { clientId: application, authority, knownAuthorities: [host] };
const counts = { passed: 0, failed: 0 };

async function check(name, act) {
  try {
    await act();
    counts.passed += 1;
    console.log(`ok ${name}`);
  } catch (error) {
    counts.failed += 1;
    console.log(`failed ${name}: ${String(error.stack ?? error).split('\n').slice(0, 4).join(' | ')}`);
  }
}

function expect(condition, what) {
  if (!condition) throw new Error(what);
}

// The person's browser: the tenant approves by itself, and its answer leads back to the client.
async function approve(url) {
  const answer = await fetch(url, { redirect: 'manual' });
  const location = answer.headers.get('location');
  expect(location?.startsWith(redirectUri), `the sign-in page answered ${answer.status}`);
  return new URL(location);
}

const signedIn = {};

await check('msal-node: code and PKCE', async () => {
  const client = new msal.PublicClientApplication({ auth });
  const { verifier, challenge } = await new msal.CryptoProvider().generatePkceCodes();
  const url = await client.getAuthCodeUrl({ scopes, redirectUri, codeChallenge: challenge, codeChallengeMethod: 'S256' });
  const back = await approve(url);
  const result = await client.acquireTokenByCode({
    scopes, redirectUri, code: back.searchParams.get('code'), codeVerifier: verifier,
  });
  expect(result.account.username === 'admin@contoso.onmicrosoft.com', `signed in as ${result.account.username}`);
  expect(result.account.tenantId === tenant, 'another tenant');
  Object.assign(signedIn, { client, account: result.account, token: result.accessToken });
});

await check('msal-node: silently, from what it keeps', async () => {
  const result = await signedIn.client.acquireTokenSilent({ account: signedIn.account, scopes });
  expect(result.fromCache, 'asked the service');
});

await check('msal-node: refresh', async () => {
  const result = await signedIn.client.acquireTokenSilent({ account: signedIn.account, scopes, forceRefresh: true });
  expect(result.accessToken !== signedIn.token, 'the same token');
});

await check('msal-node: device code', async () => {
  const client = new msal.PublicClientApplication({ auth });
  let told;
  const result = await client.acquireTokenByDeviceCode({ scopes, deviceCodeCallback: (code) => { told = code; } });
  expect(told.userCode && told.verificationUri.startsWith(login), 'no code was told');
  expect(result.account.username === 'admin@contoso.onmicrosoft.com', 'nobody');
});

await check('msal-node: an error says which', async () => {
  const client = new msal.PublicClientApplication({ auth });
  try {
    await client.acquireTokenByCode({ scopes, redirectUri, code: 'made-up' });
  } catch (error) {
    expect(error.errorCode === 'invalid_grant' && error.correlationId, `${error.errorCode} ${error.correlationId}`);
    return;
  }
  throw new Error('it was taken');
});

const privateKey = readFileSync(keyFile, 'utf8');
const certificate = new X509Certificate(readFileSync(certFile));
const thumbprint = (hash) => createHash(hash).update(certificate.raw).digest('hex');

for (const [name, how] of [['SHA-256', { thumbprintSha256: thumbprint('sha256') }], ['SHA-1', { thumbprint: thumbprint('sha1') }]]) {
  await check(`msal-node: certificate, ${name}`, async () => {
    const client = new msal.ConfidentialClientApplication({ auth: { ...auth, clientCertificate: { ...how, privateKey } } });
    const result = await client.acquireTokenByClientCredential({ scopes: ['https://graph.microsoft.com/.default'] });
    const answer = await fetch(`${graph}/v1.0/organization`, { headers: { authorization: `Bearer ${result.accessToken}` } });
    expect(answer.status === 200, `Graph answered ${answer.status}`);
  });
}

const identity = { authorityHost: login, disableInstanceDiscovery: true };

await check('@azure/identity: certificate', async () => {
  const pem = `${privateKey}\n${readFileSync(certFile, 'utf8')}`;
  const credential = new ClientCertificateCredential(tenant, application, { certificate: pem }, identity);
  const token = await credential.getToken('https://graph.microsoft.com/.default');
  expect(token.token && token.expiresOnTimestamp > Date.now(), 'no token');
});

await check('@azure/identity: device code', async () => {
  const credential = new DeviceCodeCredential({
    tenantId: tenant, clientId: application, userPromptCallback: () => {}, ...identity,
  });
  expect((await credential.getToken(scopes)).token, 'no token');
});

const client = Client.initWithMiddleware({
  baseUrl: graph, customHosts: new Set([new URL(graph).hostname]),
  authProvider: { getAccessToken: async () => signedIn.token },
});

await check('microsoft-graph-client: one object', async () => {
  const me = await client.api('/me').select('id,displayName').get();
  expect(me.id && me['@odata.context'].endsWith('#users(id,displayName)/$entity'), me['@odata.context']);
});

await check('microsoft-graph-client: all pages', async () => {
  const first = await client.api('/users').select('id').top(50).get();
  const ids = new Set();
  await new PageIterator(client, first, (user) => ids.add(user.id)).iterate();
  expect(ids.size > 290, `${ids.size} users`);
});

await check('microsoft-graph-client: count, filter and search', async () => {
  const eventual = (path) => client.api(path).header('ConsistencyLevel', 'eventual').count(true);
  const guests = await eventual('/users').filter("userType ne 'Member'").top(1).get();
  const found = await eventual('/users').search('"displayName:Robin"').get();
  expect(guests['@odata.count'] > 5 && found.value.length >= 1, `${guests['@odata.count']} ${found.value.length}`);
});

await check('microsoft-graph-client: an error says which', async () => {
  try {
    await client.api('/groups/5d6b6bb7-de71-4623-b4af-96380a352500').get();
  } catch (error) {
    expect(error.statusCode === 404 && error.code === 'Request_ResourceNotFound' && error.requestId, JSON.stringify(error));
    return;
  }
  throw new Error('it was found');
});

await check('microsoft-graph-client: a batch', async () => {
  const content = new BatchRequestContent([
    { id: '1', request: new Request('https://graph.microsoft.com/me') },
    { id: '2', request: new Request('https://graph.microsoft.com/groups/made-up') },
  ]);
  const answers = new BatchResponseContent(await client.api('/$batch').post(await content.getContent()));
  expect(answers.getResponseById('1').status === 200 && answers.getResponseById('2').status === 404, 'other answers');
});

const discovered = {};

await check('openid-client: discovery', async () => {
  discovered.config = await openid.discovery(new URL(`${authority}/v2.0`), application, undefined, openid.None());
  openid.enableNonRepudiationChecks(discovered.config);
});

await check('openid-client: code, PKCE and nonce, with the signature checked', async () => {
  const verifier = openid.randomPKCECodeVerifier();
  const [state, nonce] = [openid.randomState(), openid.randomNonce()];
  const url = openid.buildAuthorizationUrl(discovered.config, {
    redirect_uri: redirectUri, scope: `openid profile offline_access ${scopes[0]}`, state, nonce,
    code_challenge: await openid.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256',
  });
  discovered.tokens = await openid.authorizationCodeGrant(discovered.config, await approve(url), {
    pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce, idTokenExpected: true,
  });
  expect(discovered.tokens.claims().tid === tenant, 'another tenant');
});

await check('openid-client: userinfo', async () => {
  const info = await openid.fetchUserInfo(discovered.config, discovered.tokens.access_token, discovered.tokens.claims().sub);
  expect(info.name === 'Avery Admin', JSON.stringify(info));
});

await check('openid-client: refresh', async () => {
  const tokens = await openid.refreshTokenGrant(discovered.config, discovered.tokens.refresh_token);
  expect(tokens.access_token !== discovered.tokens.access_token, 'the same token');
});

await check('openid-client: device code', async () => {
  const started = await openid.initiateDeviceAuthorization(discovered.config, { scope: `openid ${scopes[0]}` });
  const tokens = await openid.pollDeviceAuthorizationGrant(discovered.config, started);
  expect(tokens.claims().tid === tenant, 'another tenant');
});

console.log(`${counts.passed} passed, ${counts.failed} failed`);
process.exit(counts.failed > 0 ? 1 : 0);
