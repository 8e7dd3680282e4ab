// perch as a customer runs it, from the first check to the undo, against front.mjs. Inside world.sh's namespaces only.
//
// usage: journey.mjs FOLDER BUILD_FOLDER ANSWERS_FILE ADDRESS MODES
import { spawn } from 'node:child_process';
import path from 'node:path';
import readline from 'node:readline';

import { front } from './front.mjs';

const [folder, build, answers, address, mode_list] = process.argv.slice(2);
const modes = mode_list.split(',');
const DOMAIN = 'contoso.onmicrosoft.com';
// A wait is as long as in production by every clock that perch sees, its own and Microsoft's, and those run faster.
const RATE = 2;
const SINCE = Math.floor(Date.now() / 1000);
const FAST = {
  LD_PRELOAD: path.join(build, 'tests/libfast_clock.so'),
  PERCH_TEST_CLOCK: `${RATE} ${SINCE}`,
  ASAN_OPTIONS: `${process.env.ASAN_OPTIONS ?? ''}:verify_asan_link_order=0`, // it would come first itself
};
const MADE = ['group', 'access', 'defender-role'];
let failures = 0;

function expect(what, holds, seen) {
  if (holds) return;
  failures += 1;
  console.log(`not so: ${what}${seen === undefined ? '' : `; seen: ${seen}`}`);
}

function start_practice() {
  const practice = spawn(path.join(build, 'perch-practice'), ['--auto-approve', '--clock-rate', String(60 * RATE)],
    { stdio: ['ignore', 'pipe', 'inherit'] });
  return new Promise((resolve) => {
    readline.createInterface({ input: practice.stdout }).on('line', (line) => {
      if (line.startsWith('listening ')) resolve({ practice, port: Number(new URL(line.slice(10)).port) });
    });
  });
}

function perch(command, ...more) {
  const child = spawn(path.join(build, 'perch'), [command, ...more, '--json', '--device-code', '--no-keyring',
    '--state-dir', path.join(folder, 'state'), '--tenant', DOMAIN, '--answers', answers],
    { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...FAST } });
  let output = '';
  let errors = '';
  child.stdout.on('data', (chunk) => { output += chunk; });
  child.stderr.on('data', (chunk) => { errors += chunk; });
  return new Promise((resolve) => child.on('close', (status) => {
    let board = null;
    try { board = JSON.parse(output); } catch { expect(`perch ${command} prints one JSON document`, false, output.slice(0, 200)); }
    resolve({ status, board, errors });
  }));
}

function objects_of(board) {
  return (board?.steps ?? []).flatMap((step) => step.objects ?? []);
}

function made_by_perch(board) {
  return objects_of(board).filter((object) => object.origin === 'created').length;
}

async function journey(url) {
  const held = async (list) => ((await (await fetch(`${url}/practice/state`)).json()).objects[list] ?? []).length;
  const lists = ['groups', 'catalogs', 'accessPackages', 'assignmentPolicies', 'connectedOrganizations', 'defenderRoles'];
  const before = await Promise.all(lists.map(held));
  const first = await perch('check');
  expect('the first check finds something to do', first.status === 3, `${first.status} ${JSON.stringify(first.board?.error)} ${first.errors.slice(0, 300)}`);
  expect('it is no practice', first.board?.practice === false, first.board?.practice);
  const apply = await perch('apply', '--yes');
  expect('apply leaves what only a person can do', apply.status === 5, `${apply.status} ${JSON.stringify(apply.board?.error)}`);
  const after = await perch('check');
  expect('a check says the same', after.status === 5, after.status);
  for (const id of MADE) {
    const step = (after.board?.steps ?? []).find((candidate) => candidate.id === id);
    if (step !== undefined) expect(`step ${id} is done`, step.state === 'done', `${step.state}: ${step.reason}`);
  }
  expect('it made its objects', made_by_perch(after.board) >= 6, made_by_perch(after.board));
  const made = await Promise.all(lists.map(held));
  lists.forEach((list, i) => expect(`of ${list} there is one more at most`, made[i] <= before[i] + 1, made[i] - before[i]));
  const undo = await perch('undo', '--yes');
  expect('undo takes all of it back', undo.status === 0, `${undo.status} ${JSON.stringify(undo.board?.error)}`);
  const left = await Promise.all(lists.map(held));
  expect('nothing of it is left', left.join() === before.join(), `${left} instead of ${before}`);
}

const { practice, port } = await start_practice();
const calls = { requests: 0, http2: 0, untold429: 0, told429: 0, packed: 0, goaways: 0 };
const key = path.join(folder, 'server.key');
const server = await front(modes, port, key, path.join(folder, 'server.pem'), address, calls,
  () => new Date((SINCE + (Date.now() / 1000 - SINCE) * RATE) * 1000));
await journey(`http://127.0.0.1:${port}`);
expect('the front was asked', calls.requests > 50, calls.requests);
expect('HTTP/2 is used unless it is not offered', (calls.http2 > 0) === !modes.includes('http1'), calls.http2);
if (modes.includes('throttle')) expect('requests were throttled in both ways', calls.untold429 > 5 && calls.told429 > 5);
if (modes.includes('gzip')) expect('answers were packed', calls.packed > 50, calls.packed);
if (modes.includes('goaway')) expect('connections were ended', calls.goaways > 0);
console.log(`${modes}: ${JSON.stringify(calls)}`);
server.close();
practice.kill();
process.exit(failures > 0 ? 1 : 0);
