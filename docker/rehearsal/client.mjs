// As much of an MCP client as the rehearsal needs: single messages, in both eras, without retries.
import { request } from 'node:http';

export const MODERN = '2026-07-28';
export const SESSIONS = '2025-11-25';
const CAPABILITIES = { elicitation: {} };

let ids = 0;

/**
 * Sends one message. What it gives has status, headers, messages (each with the time `at` it came, in ms since
 * the request) and `result` or `error` of the answer. Rejects only where the connection breaks.
 *
 * @param onMessage hears each message as it comes; what it returns is not waited for
 */
export function send(url, message, { headers = {}, token, onMessage = () => {}, method = 'POST' } = {}) {
  const body = message === undefined ? undefined : JSON.stringify(message);
  const began = performance.now();
  return new Promise((resolve, reject) => {
    const outgoing = request(url, {
      method,
      agent: false,
      headers: {
        accept: 'application/json, text/event-stream',
        ...(body && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
        ...(token && { authorization: `Bearer ${token}` }),
        ...headers,
      },
    });
    outgoing.on('error', reject);
    outgoing.on('response', response => {
      const got = { status: response.statusCode, headers: response.headers, messages: [], text: '' };
      const streamed = /event-stream/.test(response.headers['content-type'] ?? '');
      const hear = text => {
        const message = parsed(text);
        got.messages.push({ at: performance.now() - began, message });
        onMessage(message);
      };
      let rest = '';
      response.setEncoding('utf8');
      response.on('error', reject);
      response.on('data', chunk => {
        got.text += chunk;
        if (streamed) {
          const events = (rest + chunk).split('\n\n');
          rest = events.pop();
          for (const event of events) {
            const data = event.split('\n').filter(line => line.startsWith('data:'));
            const text = data.map(line => line.replace(/^data: ?/, '')).join('\n');
            if (text) {
              hear(text);
            }
          }
        }
      });
      response.on('end', () => {
        if (!streamed && /json/.test(response.headers['content-type'] ?? '') && got.text) {
          hear(got.text);
        }
        const answer = got.messages.map(each => each.message).find(each => 'result' in each || 'error' in each);
        resolve(Object.assign(got, { result: answer?.result, error: answer?.error }));
      });
    });
    outgoing.end(body);
  });
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return { error: { message: `no JSON: ${text.slice(0, 200)}` } };
  }
}

/** A request of the newest revision, which needs no session. */
export function modern(url, method, params = {}, options = {}) {
  const name = params.name ?? params.uri;
  const _meta = {
    'io.modelcontextprotocol/protocolVersion': MODERN,
    'io.modelcontextprotocol/clientCapabilities': CAPABILITIES,
    'io.modelcontextprotocol/clientInfo': { name: 'rehearsal', version: '1' },
    ...params._meta,
  };
  const message = { jsonrpc: '2.0', id: ++ids, method, params: { ...params, _meta } };
  return send(url, message, {
    ...options,
    headers: {
      'mcp-protocol-version': MODERN,
      'mcp-method': method,
      ...(name && { 'mcp-name': name }),
      ...options.headers,
    },
  });
}

/** Begins a session; gives its id. */
export async function begin(url, options = {}) {
  const message = {
    jsonrpc: '2.0',
    id: ++ids,
    method: 'initialize',
    params: {
      protocolVersion: SESSIONS,
      capabilities: CAPABILITIES,
      clientInfo: { name: 'rehearsal', version: '1' },
    },
  };
  const got = await send(url, message, options);
  const session = got.headers['mcp-session-id'];
  if (!session) {
    throw new Error(`no session: ${got.status} ${got.text.slice(0, 300)}`);
  }
  await inSession(url, session, { method: 'notifications/initialized' }, options);
  return session;
}

/** A message of a session: a request where it has a method that is none of a notification. */
export function inSession(url, session, { method, params, id, result }, options = {}) {
  const isRequest = method && !method.startsWith('notifications/');
  const message = {
    jsonrpc: '2.0',
    ...(isRequest ? { id: ++ids } : id !== undefined && { id }),
    ...(method ? { method, params: params ?? {} } : { result }),
  };
  return send(url, message, {
    ...options,
    headers: { 'mcp-session-id': session, 'mcp-protocol-version': SESSIONS, ...options.headers },
  });
}

/** The text of a tool's result, or a sentence that says what came instead. */
export function text(got) {
  const content = got.result?.content?.[0]?.text;
  return content ?? `${got.status} ${got.text.slice(0, 500)}`;
}

/** A request of the REST API: what it gives has `body` too, where that is JSON. */
export async function rest(url, { body, headers = {}, method = body ? 'POST' : 'GET', ...options } = {}) {
  const got = await send(url, body, { ...options, method, headers: { accept: '*/*', ...headers } });
  return { ...got, body: got.text ? parsed(got.text) : undefined };
}
