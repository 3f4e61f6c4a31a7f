{% if values.service.signals == 'http' -%}
import { STATUS_CODES } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

interface Failure {
  readonly statusCode?: number;
  readonly message: string;
}

/** What went wrong is answered as RFC 9457 has it, without a word about the inside. */
export function answerProblems(app: FastifyInstance): void {
  app.setErrorHandler(async (error: Failure, request, reply) => answerProblem(error, request, reply));

  app.setNotFoundHandler(async (_request, reply) =>
    reply.code(404).type('application/problem+json').send({
      title: 'Not Found',
      status: 404,
      detail: 'There is nothing at this address.',
    }),
  );
}

/** Addresses that no route is looked up for, such as `/%ff`. No hook runs for them. */
export function answerUnroutable(error: Failure, request: FastifyRequest, reply: FastifyReply): void {
  void answerProblem(error, request, reply.header('x-content-type-options', 'nosniff'));
}

function answerProblem(error: Failure, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const status = error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500 ? error.statusCode : 500;
  if (status === 500) {
    request.log.error({ err: error }, 'request failed');
  }
  return reply
    .code(status)
    .type('application/problem+json')
    .send({
      title: STATUS_CODES[status],
      status,
      // What went wrong inside is for the log, not for the caller
      detail: status === 500 ? 'The request could not be served.' : error.message,
    });
}
{%- endif %}
