// A connected client of each kind, that answers what it is asked and keeps what it is told.
import * as v2 from '@modelcontextprotocol/client';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { SSEClientTransport } from '@modelcontextprotocol/sdk/client/sse.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import * as types from '@modelcontextprotocol/sdk/types.js';
import { authorization, command } from './calls.mjs';

const MODES = { 'v2-auto': 'auto', 'v2-legacy': 'legacy', 'v2-pinned': { pin: '2026-07-28' } };
const gateways = (process.env.URLS_OF_CLUSTER ?? '').split(' ');
let turn = 0;

/** Sends each request to another gateway than the last; what comes back says which it was. */
function alternating(url, init) {
  const { origin } = new URL(gateways[turn++ % gateways.length]);
  const { pathname, search } = new URL(url);
  const headers = new Headers(init?.headers);
  for (const [name, value] of Object.entries(authorization())) headers.set(name, value);
  return fetch(new URL(pathname + search, origin), { ...init, headers });
}

/** Every field of a form in which any text will do gets an answer to its question. */
function fillIn({ message, requestedSchema }) {
  const names = Object.entries(requestedSchema.properties)
    .filter(([, { type, format, enum: choice, oneOf }]) => type === 'string' && !format && !choice && !oneOf)
    .map(([name]) => name);
  const content = Object.fromEntries(names.map(name => [name, `${message} me`]));
  return { action: 'accept', content };
}

function complete({ messages }) {
  const { content } = messages[0];
  const text = `it was: ${(Array.isArray(content) ? content[0] : content).text}`;
  return { role: 'assistant', model: 'none', content: { type: 'text', text } };
}

/** @param server `/servers/NAMESPACE` for one upstream server alone */
export async function connect(kind, about, capabilities, server = '') {
  const peer = { messages: [], updates: [], lists: [], modern: false };
  const handlers = {
    onForm: request => fillIn(request.params),
    onSample: request => complete(request.params),
    onRoots: () => ({ roots: [] }),
    onMessage: ({ params }) => { peer.messages.push(params); },
    onUpdate: ({ params }) => { peer.updates.push(params); },
    onList: () => { peer.lists.push('tools'); },
  };
  return kind in MODES
    ? version2(kind, about, capabilities, peer, handlers, server)
    : version1(kind, about, capabilities, peer, handlers, server);
}

async function version2(kind, about, capabilities, peer, on, server) {
  const client = new v2.Client(about, { capabilities, versionNegotiation: { mode: MODES[kind] } });
  client.setRequestHandler('elicitation/create', on.onForm);
  client.setRequestHandler('sampling/createMessage', on.onSample);
  client.setRequestHandler('roots/list', on.onRoots);
  client.setNotificationHandler('notifications/message', on.onMessage);
  client.setNotificationHandler('notifications/resources/updated', on.onUpdate);
  client.setNotificationHandler('notifications/tools/list_changed', on.onList);
  await client.connect(
    new v2.StreamableHTTPClientTransport(new URL(gateways[0] + server), { fetch: alternating }));
  peer.modern = client.getProtocolEra() === 'modern';
  const call = (name, args = {}, options = {}) =>
    client.callTool({ name, arguments: args }, options);
  return Object.assign(peer, { client, call });
}

async function version1(kind, about, capabilities, peer, on, server) {
  const client = new Client(about, { capabilities });
  client.setRequestHandler(types.ElicitRequestSchema, on.onForm);
  client.setRequestHandler(types.CreateMessageRequestSchema, on.onSample);
  client.setRequestHandler(types.ListRootsRequestSchema, on.onRoots);
  client.setNotificationHandler(types.LoggingMessageNotificationSchema, on.onMessage);
  client.setNotificationHandler(types.ResourceUpdatedNotificationSchema, on.onUpdate);
  client.setNotificationHandler(types.ToolListChangedNotificationSchema, on.onList);
  await client.connect(transportOfVersion1(kind, server));
  const call = (name, args = {}, options = {}) =>
    client.callTool({ name, arguments: args }, undefined, options);
  return Object.assign(peer, { client, call });
}

function transportOfVersion1(kind, server) {
  switch (kind) {
    case 'mcp-remote':
      return new StdioClientTransport(command(kind, gateways[0]));
    case 'v1-sse':
      return new SSEClientTransport(new URL('/sse', gateways[0]), { fetch: alternating });
    default:
      return new StreamableHTTPClientTransport(new URL(gateways[0] + server), { fetch: alternating });
  }
}
