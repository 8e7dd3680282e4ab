// The same reads by Microsoft's JavaScript client.
//   node reads.mjs TOKEN_FILE ORIGIN one|batch|parallel|waves    the paths on standard input, one a line, an empty
//   line before those that hang on the answers to the others (waves: what stands between them in parallel)
// Prints the milliseconds that they took.
import { readFileSync } from 'node:fs';
import { Client } from '@microsoft/microsoft-graph-client';

const [tokenFile, origin, way] = process.argv.slice(2);
const token = readFileSync(tokenFile, 'utf8').trim();
const waves = readFileSync(0, 'utf8').split('\n\n').map((wave) => wave.split('\n').filter(Boolean));
const paths = waves.flat();
// The client gives its token to https only; a header in small letters it leaves alone.
const client = Client.init({ baseUrl: `${origin}/`, authProvider: (done) => done(null, token) });
const call = (path, version) => client.api(path).version(version).header('authorization', `Bearer ${token}`);
const read = (path) => call(path.replace(/^\/(v1\.0|beta)/, ''), path.split('/')[1]).get().catch((error) => {
  if (error.statusCode === 401) throw error;
});

async function inBatches() {
  const own = paths.filter((path) => path.startsWith('/v1.0/'));
  for (let at = 0; at < own.length; at += 20) {
    const requests = own.slice(at, at + 20)
      .map((path, id) => ({ id: String(id), method: 'GET', url: path.slice('/v1.0'.length) }));
    await call('/$batch', 'v1.0').post({ requests });
  }
  await Promise.all(paths.filter((path) => !path.startsWith('/v1.0/')).map(read));
}

const begun = performance.now();
if (way === 'parallel') await Promise.all(paths.map(read));
else if (way === 'batch') await inBatches();
else if (way === 'waves') for (const wave of waves) await Promise.all(wave.map(read));
else for (const path of paths) await read(path);
console.log(performance.now() - begun);
