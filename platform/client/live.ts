import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { dependsOn } from './query-client.ts';
import { roomLine } from './rooms.ts';

/** `waiting` until the first connection, so that a page doesn't begin with a warning. */
export type LiveState = 'waiting' | 'live' | 'offline';

/** Changes are gathered so long before queries refetch: a confirm of forty claims is one refetch. Milliseconds. */
const gather = 40;
/** Refetches caused by others are at least so far apart, so that an import doesn't make every window refetch all the time. */
const pause = 500;
const longestWait = 15_000;
/** Close code of the server's live route. */
const noLongerAllowed = 4401;

/**
 * Follows an organisation's changes for as long as the component lives, and makes the queries that show them
 * refetch (see `orgKey`). Reconnects with growing pauses, at once when the browser is back online, and
 * refetches everything after a gap.
 */
export function useLive(slug: string): LiveState {
  const queries = useQueryClient();
  const [state, setState] = useState<LiveState>('waiting');
  useEffect(() => followChanges(slug, queries, setState), [slug, queries]);
  return state;
}

function followChanges(slug: string, queries: QueryClient, onState: (state: LiveState) => void): () => void {
  let socket: WebSocket | undefined;
  let failures = 0;
  let connectedBefore = false;
  let stopped = false;
  let reconnectTimer: ReturnType<typeof setTimeout> | undefined;
  const rooms = roomLine(slug);
  const refetch = gatherTables((tables) => void queries.invalidateQueries({ predicate: dependsOn(slug, tables) }));

  const connect = () => {
    clearTimeout(reconnectTimer);
    const url = new URL(`/api/v1/orgs/${encodeURIComponent(slug)}/live`, location.href);
    url.protocol = url.protocol.replace('http', 'ws');
    const opened = new WebSocket(url);
    socket = opened;
    opened.onopen = () => {
      failures = 0;
      onState('live');
      rooms.connected((text) => opened.send(text));
    };
    opened.onmessage = ({ data }) => {
      const message = readMessage(data);
      if (message.type === 'rooms') rooms.receive(message.value);
      if (message.type === 'changes') refetch.add(message.tables);
      if (message.type !== 'resync') return;
      // The first connection comes with the first queries: nothing can have been missed.
      if (connectedBefore) void queries.invalidateQueries({ queryKey: ['org', slug] });
      connectedBefore = true;
    };
    opened.onclose = ({ code }) => {
      if (stopped || socket !== opened) return;
      rooms.connected(undefined);
      failures += 1;
      // One lost connection is repaired before anybody need know.
      if (failures > 1) onState('offline');
      const wait = Math.min(longestWait, 500 * 2 ** (failures - 1)) * (0.7 + Math.random() * 0.6);
      const reconnect = () => {
        if (!stopped) reconnectTimer = setTimeout(connect, wait);
      };
      // The server ended it because the session or the membership did, or has a new cookie: who one is, and what one
      // belongs to, is asked for first, and may lead away from here.
      if (code === noLongerAllowed) void queries.invalidateQueries({ queryKey: ['me'] }).finally(reconnect);
      else reconnect();
    };
  };
  const onOnline = () => socket?.readyState !== WebSocket.OPEN && connect();
  const onOffline = () => onState('offline');
  window.addEventListener('online', onOnline);
  window.addEventListener('offline', onOffline);
  connect();
  return () => {
    stopped = true;
    clearTimeout(reconnectTimer);
    refetch.stop();
    window.removeEventListener('online', onOnline);
    window.removeEventListener('offline', onOffline);
    rooms.connected(undefined);
    socket?.close();
  };
}

function gatherTables(flush: (tables: ReadonlySet<string>) => void) {
  let tables = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last = 0;
  const run = () => {
    timer = undefined;
    last = Date.now();
    const gathered = tables;
    tables = new Set();
    flush(gathered);
  };
  return {
    add(more: readonly string[]) {
      for (const table of more) tables.add(table);
      timer ??= setTimeout(run, Math.max(gather, last + pause - Date.now()));
    },
    stop: () => clearTimeout(timer),
  };
}

type Message =
  { type: 'changes'; tables: string[] } | { type: 'resync' } | { type: 'rooms'; value: unknown } | { type: 'unknown' };

function readMessage(data: unknown): Message {
  const message: unknown = JSON.parse(String(data));
  if (!isRecord(message)) return { type: 'unknown' };
  if (message['type'] === 'resync') return { type: 'resync' };
  if (message['type'] !== 'changes') return { type: 'rooms', value: message };
  if (!Array.isArray(message['changes'])) return { type: 'unknown' };
  const tables = message['changes'].flatMap((change: unknown) => (isRecord(change) ? [String(change['entity'])] : []));
  return { type: 'changes', tables };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
