import type { FastifyInstance, FastifyRequest } from 'fastify';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { AppError } from '../contract/errors.ts';
import { isProvenOperator } from './operator.ts';
import type { Services } from './services.ts';

/**
 * `/healthz`: the process answers. `/readyz`: it can work. `/metrics`: for Prometheus. A tenant database that is
 * down doesn't make the process unready: it serves everybody else, and no other process would do better. Names of
 * databases tell customers' names: they and the metrics are for this machine and for operators.
 */
export function mountHealth(app: FastifyInstance, services: Services): void {
  const { databases } = services;
  let closing = false;
  app.addHook('preClose', async () => {
    closing = true;
  });
  app.get('/healthz', async () => ({ status: 'ok' }));
  app.get('/readyz', async (request, reply) => {
    const control = await answers(databases.controlPool.query('select 1'));
    const tenants = control ? await databases.tenants().catch(() => []) : [];
    const troubled = tenants.filter(({ down, ready }) => down || !ready);
    const states = troubled.map(({ name, down }) => [name, down ? 'down' : 'behind'] as const);
    const ready = control && !closing;
    return reply.code(ready ? 200 : 503).send({
      status: ready ? 'ready' : 'not ready',
      checks: { accepting: !closing, control },
      ...((await isInsider(services, request)) && { databases: Object.fromEntries(states) }),
    });
  });
  mountMetrics(app, services);
}

/** From this very machine (a proxy on it says for whom it asks), or with an operator's key or session. */
async function isInsider({ authenticator }: Services, request: FastifyRequest): Promise<boolean> {
  if (/^(127\.|::1$|::ffff:127\.)/.test(request.ip)) return true;
  const identity = await authenticator.identify(request).catch(() => undefined);
  return identity !== undefined && isProvenOperator(identity);
}

async function answers(query: Promise<unknown>): Promise<boolean> {
  return query.then(
    () => true,
    () => false,
  );
}

function mountMetrics(app: FastifyInstance, services: Services): void {
  const { databases } = services;
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const durations = new Histogram({
    name: 'holdfast_http_request_seconds',
    help: 'Time from request to answer by route.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [registry],
  });
  new Gauge({
    name: 'holdfast_pool_connections',
    help: 'Connections of each database pool by state.',
    labelNames: ['database', 'state'],
    registers: [registry],
    async collect() {
      const pools = [{ name: 'control', pool: databases.controlPool }, ...(await databases.tenants().catch(() => []))];
      for (const { name, pool } of pools) {
        this.set({ database: name, state: 'total' }, pool.totalCount);
        this.set({ database: name, state: 'idle' }, pool.idleCount);
        this.set({ database: name, state: 'waiting' }, pool.waitingCount);
      }
    },
  });
  new Gauge({
    name: 'holdfast_database_down',
    help: 'Tenant databases that this process cannot reach (1) or can (0).',
    labelNames: ['database'],
    registers: [registry],
    async collect() {
      this.reset();
      for (const { name, down } of await databases.tenants().catch(() => []))
        this.set({ database: name }, Number(down));
    },
  });
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none';
    durations.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1_000);
  });
  app.get('/metrics', async (request, reply) => {
    if (!(await isInsider(services, request)))
      throw new AppError('forbidden', {
        message: 'Metrics are for this machine, or for an operator’s key as a bearer token.',
      });
    return reply.type(registry.contentType).send(await registry.metrics());
  });
}
