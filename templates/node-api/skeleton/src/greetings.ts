import type { FastifyInstance } from 'fastify';

const greetingByLanguage = {
  en: 'Hello',
  de: 'Hallo',
  fr: 'Bonjour',
} as const;

type Language = keyof typeof greetingByLanguage;

interface GreetingRequest {
  Params: { name: string };
  Querystring: { language: Language };
}

/** The example endpoint; its contract is in openapi.yaml. */
export async function greetings(app: FastifyInstance): Promise<void> {
  app.get<GreetingRequest>(
    '/greetings/:name',
    {
      schema: {
        params: {
          type: 'object',
          required: ['name'],
          properties: { name: { type: 'string', minLength: 1, maxLength: 64 } },
        },
        querystring: {
          type: 'object',
          properties: { language: { type: 'string', enum: Object.keys(greetingByLanguage), default: 'en' } },
        },
        response: {
          200: {
            type: 'object',
            required: ['message', 'language'],
            properties: { message: { type: 'string' }, language: { type: 'string' } },
          },
        },
      },
    },
    async request => {
      const { language } = request.query;
      return { message: `${greetingByLanguage[language]}, ${request.params.name}!`, language };
    },
  );
}
