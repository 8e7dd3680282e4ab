// A certified OpenID provider (oidc-provider) over TLS on 127.0.0.1, laid out as Microsoft's sign-in is:
// https://localhost:PORT/TENANT/v2.0. Prints "ready PORT"; ends at the end of its standard input.
//   node openid_provider.mjs KEY CERT TENANT CLIENT
// Beside the protocol: GET /test/approve?user_code=... and /test/deny?user_code=... stand in for the person.
import Provider from 'oidc-provider';
import https from 'node:https';
import fs from 'node:fs';
import crypto from 'node:crypto';

const [keyFile, certFile, tenant, clientId] = process.argv.slice(2);
const mount = `/${tenant}/v2.0`;
const account = 'admin@contoso.com';
const audience = 'https://graph.microsoft.com';
const scopes = 'User.Read Directory.Read.All';
const claims = {
  sub: account, preferred_username: account, name: 'Ada', tid: tenant, oid: '99999999-2222-4333-8444-555555555555',
};

const server = https.createServer({ key: fs.readFileSync(keyFile), cert: fs.readFileSync(certFile) });
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const { port } = server.address();
const issuer = `https://localhost:${port}${mount}`;
const signingKey = crypto.generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' });

const provider = new Provider(issuer, {
  clients: [{
    client_id: clientId, application_type: 'native', token_endpoint_auth_method: 'none',
    grant_types: ['authorization_code', 'refresh_token', 'urn:ietf:params:oauth:grant-type:device_code'],
    response_types: ['code'], redirect_uris: ['http://localhost'],
  }],
  jwks: { keys: [{ ...signingKey, use: 'sig', alg: 'RS256', kid: 'k1' }] },
  cookies: { keys: ['test'] },
  pkce: { required: () => true },
  scopes: ['openid', 'profile', 'offline_access', ...scopes.split(' ')],
  claims: { openid: ['sub', 'tid', 'oid'], profile: ['preferred_username', 'name'] },
  conformIdTokenClaims: false,
  features: {
    devInteractions: { enabled: true },
    deviceFlow: { enabled: true, charset: 'base-20', mask: '****-****' },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => audience,
      useGrantedResource: () => true,
      getResourceServerInfo: () => ({
        scope: scopes, audience, accessTokenTTL: 600, accessTokenFormat: 'jwt', jwt: { sign: { alg: 'RS256' } },
      }),
    },
  },
  rotateRefreshToken: true,
  issueRefreshToken: async () => true,
  ttl: { DeviceCode: 60, AccessToken: 600, RefreshToken: 600, Grant: 600, Session: 600, Interaction: 60, IdToken: 60 },
  findAccount: async () => ({ accountId: account, claims: async () => claims }),
});

async function approve(code) {
  const grant = new provider.Grant({ clientId, accountId: account });
  grant.addOIDCScope('openid profile offline_access');
  grant.addResourceScope(audience, scopes);
  Object.assign(code, {
    accountId: account, grantId: await grant.save(), scope: code.params.scope, claims: {}, resource: audience,
    authTime: Math.floor(Date.now() / 1000), acr: '0', amr: ['pwd'], sessionUid: 'session', inFlight: false,
  });
}

async function decide(url, response) {
  const code = await provider.DeviceCode.findByUserCode(url.searchParams.get('user_code').replace(/-/g, ''));
  if (url.pathname === '/test/approve') await approve(code);
  else Object.assign(code, { error: 'access_denied', errorDescription: 'denied by the test' });
  await code.save();
  response.end('ok');
}

const protocol = provider.callback();
server.on('request', (request, response) => {
  const url = new URL(request.url, issuer);
  if (url.pathname.startsWith('/test/')) {
    decide(url, response).catch((error) => { response.statusCode = 500; response.end(String(error.stack)); });
    return;
  }
  // Microsoft's prompt=select_account is not one of this provider's prompts; consent gives the same pages.
  request.url = request.url.replace('prompt=select_account', 'prompt=consent').replace(/&login_hint=[^&]*/, '');
  request.originalUrl = request.url;
  if (request.url.startsWith(mount)) request.url = request.url.slice(mount.length) || '/';
  protocol(request, response);
});
provider.on('server_error', (context, error) => console.error('server_error', error));

process.stdin.on('end', () => process.exit(0)).resume();
console.log(`ready ${port}`);
