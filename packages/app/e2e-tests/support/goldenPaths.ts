import { type APIRequestContext } from '@playwright/test';

const greeting = async (request: APIRequestContext, address: string) =>
  (await request.get(`${address}/v1/greetings/Ada`)).text();

/**
 * The golden paths for new services: what one asks such a service, and what it
 * answers; by which words its API is known; what it depends on.
 */
export const PATHS = [
  {
    template: 'node-api',
    ask: greeting,
    answer: 'Hello, Ada!',
    api: '/v1/greetings/{name}',
    resources: ['secrets'],
  },
  {
    template: 'go-http-service',
    ask: greeting,
    answer: 'Hello, Ada!',
    api: '/v1/greetings/{name}',
    resources: ['secrets'],
  },
  {
    template: 'react-frontend',
    ask: async (request: APIRequestContext, address: string) =>
      (await request.get(address)).text(),
    answer: '<div id="root">',
    api: '/config.json',
    resources: ['secrets'],
  },
  {
    template: 'grpc-service',
    ask: async (request: APIRequestContext, address: string) => {
      const method = '/greetings.v1.GreetingService/GetGreeting';
      const response = await request.post(`${address}${method}`, {
        data: { name: 'Ada' },
      });
      return response.text();
    },
    answer: 'Hello, Ada!',
    api: 'GreetingService',
    resources: ['secrets'],
  },
  {
    template: 'python-worker',
    // Puts a message in, and asks what became of it
    ask: async (request: APIRequestContext, address: string) => {
      const response = await request.post(`${address}/v1/messages`, {
        data: { id: 'ada', body: { name: 'Ada' } },
      });
      const { location } = response.headers();
      return (await request.get(new URL(location, address).href)).text();
    },
    answer: 'Hello, Ada!',
    api: 'messages',
    resources: ['secrets', 'queue'],
  },
];
