{% if values.service.signals == 'http' -%}
import type { FastifyInstance } from 'fastify';

/** What went wrong is answered as RFC 9457 has it, without a word about the inside. */
export function answerProblems(app: FastifyInstance): void {
  app.setErrorHandler(async (error: { statusCode?: number; message: string }, request, reply) => {
    const status = error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500 ? error.statusCode : 500;
    if (status === 500) {
      request.log.error({ err: error }, 'request failed');
    }
    return reply
      .code(status)
      .type('application/problem+json')
      .send({
        title: status === 500 ? 'Internal Server Error' : 'Bad Request',
        status,
        // What went wrong inside is for the log, not for the caller
        detail: status === 500 ? 'The request could not be served.' : error.message,
      });
  });

  app.setNotFoundHandler(async (_request, reply) =>
    reply.code(404).type('application/problem+json').send({
      title: 'Not Found',
      status: 404,
      detail: 'There is nothing at this address.',
    }),
  );
}
{%- endif %}
