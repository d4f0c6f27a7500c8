// Adds a token to every request, for clients that cannot, and changes nothing else.
//
//   TOKEN_OF_MCP=… node front.mjs URL      says where it listens: its own URL, in one line
import { createServer, request } from 'node:http';

const target = new URL(process.argv[2]);
const authorization = `Bearer ${process.env.TOKEN_OF_MCP}`;

const front = createServer((incoming, answer) => {
  const onward = request(
    {
      host: target.hostname,
      port: target.port,
      method: incoming.method,
      path: incoming.url,
      setHost: false,
      headers: [...incoming.rawHeaders, 'Authorization', authorization],
    },
    response => {
      answer.writeHead(response.statusCode, response.rawHeaders);
      answer.flushHeaders();
      response.pipe(answer);
      response.on('error', () => answer.destroy());
    });
  onward.on('error', () => answer.destroy());
  answer.on('close', () => onward.destroy());
  incoming.pipe(onward);
});

front.listen(0, '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${front.address().port}${target.pathname}`);
});
