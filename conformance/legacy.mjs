// Makes a server of both eras one that knows sessions only: what is of no session is refused as such
// servers do, everything else is passed on as it is.
//
//   node legacy.mjs URL      says where it listens: its own URL, in one line
import { createServer, request } from 'node:http';

const target = new URL(process.argv[2]);
const MODERN = 'io.modelcontextprotocol/protocolVersion';

const front = createServer(async (incoming, answer) => {
  const body = Buffer.concat(await incoming.toArray());
  if (body.includes(MODERN) || incoming.headers['mcp-protocol-version'] === '2026-07-28') {
    const error = { code: -32000, message: 'Bad Request: Session ID required' };
    answer.writeHead(400, { 'Content-Type': 'application/json' });
    answer.end(JSON.stringify({ jsonrpc: '2.0', error, id: null }));
    return;
  }
  const { host, 'content-length': length, 'transfer-encoding': encoding, ...headers } = incoming.headers;
  const onward = request(
    { host: target.hostname, port: target.port, method: incoming.method, path: incoming.url, headers },
    response => {
      answer.writeHead(response.statusCode, response.rawHeaders);
      answer.flushHeaders();
      response.pipe(answer);
      response.on('error', () => answer.destroy());
    });
  onward.on('error', () => answer.destroy());
  answer.on('close', () => onward.destroy());
  onward.end(body);
});

front.listen(0, '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${front.address().port}${target.pathname}`);
});
