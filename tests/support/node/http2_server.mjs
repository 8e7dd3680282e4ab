// An HTTP/2 server over TLS on 127.0.0.1. GET /count answers how many POSTs it carried out; GET /large answers with a
// header of 30,000 bytes; other GETs answer {}; a POST to /die is carried out and its connection cut without an answer.
// Prints "ready PORT"; ends with its standard input.
//   node http2_server.mjs KEY CERT
import http2 from 'node:http2';
import fs from 'node:fs';

const [keyFile, certFile] = process.argv.slice(2);
const server = http2.createSecureServer({ key: fs.readFileSync(keyFile), cert: fs.readFileSync(certFile) });
const sockets = new Set();
let executed = 0;

server.on('secureConnection', (socket) => {
  sockets.add(socket);
  socket.on('error', () => {}).on('close', () => sockets.delete(socket));
});

server.on('stream', (stream, headers) => {
  stream.on('error', () => {});
  if (headers[':method'] === 'POST') {
    stream.resume().on('end', () => {
      executed++;
      for (const socket of sockets) socket.destroy();
    });
    return;
  }
  const large = headers[':path'] === '/large' ? { 'x-large': 'x'.repeat(30000) } : {};
  stream.respond({ ':status': 200, 'content-type': 'application/json', ...large });
  stream.end(JSON.stringify({ executed }));
});
server.listen(0, '127.0.0.1', () => console.log(`ready ${server.address().port}`));
process.stdin.on('end', () => process.exit(0)).resume();
