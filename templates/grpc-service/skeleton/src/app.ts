import type { ConnectRouter, ServiceImpl } from '@connectrpc/connect';
import { Code, ConnectError } from '@connectrpc/connect';
import { fastifyConnectPlugin } from '@connectrpc/connect-fastify';
import Fastify, { type FastifyInstance } from 'fastify';
import type { Config } from './config.ts';
import { GreetingService } from './gen/greetings/v1/greetings_pb.ts';
import { greetings } from './greetings.ts';
import { grpcHealth, type WatchedReadiness } from './grpc-health.ts';
import { GrpcServer } from './grpc-server.ts';
import { guardCalls } from './guard-calls.ts';
import { health } from './health.ts';
import { observeCalls } from './observe-calls.ts';
import { serverOptions } from './server-options.ts';
import { tracedRoutes } from './tracing.ts';
import { unreadRest } from './unread-rest.ts';

export interface AppOptions {
  readonly config: Pick<Config, 'logLevel' | 'shutdownTimeoutMs'>;
  readonly readiness: WatchedReadiness;
  /** What answers; tests put something else in its place. */
  readonly service?: Partial<ServiceImpl<typeof GreetingService>>;
}

export interface App {
  /** HTTP/1.1: Connect, gRPC-Web and the probes. Closing it closes both. */
  readonly app: FastifyInstance;
  /** HTTP/2: gRPC, and what HTTP/1.1 has. */
  readonly grpc: GrpcServer;
}

/** What one message may have, in bytes. */
const maxMessageBytes = 1024 * 1024;

/** How long a request may take to arrive over HTTP/1.1, in milliseconds. */
const requestTimeoutMs = 60_000;

/** How long a call without a stream may take whose caller set no deadline, in milliseconds. */
const unaryTimeoutMs = 15_000;

/** Puts the service together; the caller decides where it listens. */
export async function createApp(options: AppOptions): Promise<App> {
  const { config, readiness, service = greetings } = options;
  const app = Fastify({
    ...serverOptions(config.logLevel),
    requestTimeout: requestTimeoutMs,
  });

  const draining = new AbortController();
  const lastCall = new AbortController();
  const calls = {
    interceptors: [observeCalls(app.log), guardCalls({ unaryTimeoutMs })],
    readMaxBytes: maxMessageBytes,
    writeMaxBytes: maxMessageBytes,
    shutdownSignal: lastCall.signal,
  };
  const routes = (router: ConnectRouter) => {
    router.service(GreetingService, service);
  };
  const grpc = new GrpcServer({
    ...calls,
    routes: router => {
      routes(router);
      grpcHealth(router, { readiness, services: [GreetingService], draining: draining.signal });
    },
  });

  let closed: Promise<void> | undefined;
  app.addHook('preClose', async () => {
    draining.abort();
    closed = grpc.close();
    // Whoever is still waiting shortly before the end hears that it is the end
    setTimeout(() => {
      lastCall.abort(new ConnectError('The service is stopping.', Code.Unavailable));
    }, config.shutdownTimeoutMs * 0.9).unref();
  });
  app.addHook('onClose', () => closed);

  app.addHook('onRequest', async ({ raw }, reply) => {
    const { socket } = raw;
    const forget = unreadRest(raw);
    reply.raw.once('finish', () => {
      if (!raw.complete) {
        raw.once('end', () => socket.destroySoon());
        forget();
      }
    });
  });

  tracedRoutes(app);
  await app.register(health, { readiness });
  // observeCalls has a line for each call
  await app.register(fastifyConnectPlugin, { ...calls, routes, logLevel: 'warn' });
  return { app, grpc };
}
