// A server of revision 2026-07-28 and no other, on the official SDK; it wants the token TOKEN
// where that is set. Usage: modern-server.mjs PORT
import { createServer } from 'node:http';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { acceptedContent, createMcpHandler, inputRequired, McpServer } from '@modelcontextprotocol/server';
import * as z from 'zod/v4';

const [port] = process.argv.slice(2);
const { TOKEN } = process.env;

const says = text => ({ content: [{ type: 'text', text }] });
const form = {
  message: 'What is your name?',
  requestedSchema: { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] },
};

function server() {
  const made = new McpServer({ name: 'modern', version: '1' });
  made.registerTool(
    'greet',
    { description: 'Greet one person by name', inputSchema: z.object({ name: z.string() }) },
    async ({ name }) => says(`Hello, ${name}!`));
  made.registerTool(
    'ask',
    { description: 'Ask for a name, and greet', inputSchema: z.object({}) },
    async (_none, { mcpReq }) => {
      const name = acceptedContent(mcpReq.inputResponses, 'who')?.name;
      return name ? says(`Hello, ${name}!`) : inputRequired({ inputRequests: { who: inputRequired.elicit(form) } });
    });
  return made;
}

const handle = toNodeHandler(createMcpHandler(server, { legacy: 'reject' }));

createServer((request, response) => {
  if (TOKEN && request.headers.authorization !== `Bearer ${TOKEN}`) {
    response.writeHead(401, { 'www-authenticate': 'Bearer error="invalid_token"' }).end();
  } else {
    handle(request, response);
  }
}).listen(Number(port), '127.0.0.1', () => console.log('is ready'));
